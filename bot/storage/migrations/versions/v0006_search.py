"""Full-text search: the one thing that the two dialects do in their own ways."""

from alembic import op

revision = "0006"
down_revision = "0005"

_SQLITE = (
    """
    CREATE VIRTUAL TABLE article_fts USING fts5(
        title, text, content = 'article', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER article_fts_insert AFTER INSERT ON article BEGIN
        INSERT INTO article_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER article_fts_delete AFTER DELETE ON article BEGIN
        INSERT INTO article_fts (article_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER article_fts_update AFTER UPDATE OF title, text ON article BEGIN
        INSERT INTO article_fts (article_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
        INSERT INTO article_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
)
_POSTGRESQL = (
    """
    CREATE TABLE article_search (
        article_id BIGINT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        words      TSVECTOR NOT NULL
    )
    """,
    """
    CREATE INDEX ix_article_search_words ON article_search USING gin (words)
    """,
)


def upgrade() -> None:
    """Make the index."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
