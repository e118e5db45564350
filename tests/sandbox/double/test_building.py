"""Builder: replies, edits of files, words."""

from bot.sandbox.double.building import all_text
from bot.sandbox.double.files import Upload
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.conftest import Http


async def test_a_reply_names_what_it_answers(http: Http, channel: JsonObject) -> None:
    path = f"/channels/{channel['id']}/messages"
    first = await http.ask("POST", path, {"content": "one"})
    reply = await http.ask("POST", path, {"content": "two", "message_reference": {"message_id": first["id"]}})

    assert (reply["type"], reply["referenced_message"]["content"]) == (19, "one")
    assert reply["message_reference"]["guild_id"] == channel["guild_id"]


def test_an_edit_keeps_adds_and_drops_files(double: Double, channel: JsonObject) -> None:
    uploads = (Upload(0, "a.txt", b"a"), Upload(1, "b.txt", b"b"))
    message = double.messages.send(channel["id"], {}, uploads, double.state.bot)
    first = message["attachments"][0]

    def names(body: JsonObject, *more: Upload) -> list[str]:
        double.messages.edit(channel["id"], message["id"], body, more)
        return [attachment["filename"] for attachment in message["attachments"]]

    assert names({"content": "x"}) == ["a.txt", "b.txt"]
    assert names({}, Upload(0, "c.txt", b"c")) == ["a.txt", "b.txt", "c.txt"]
    assert names({"attachments": [{"id": first["id"]}, {"id": 0, "description": "D"}]}, Upload(0, "d.txt", b"d")) == [
        "a.txt", "d.txt",
    ]  # fmt: skip
    assert message["attachments"][1]["description"] == "D"
    assert names({"attachments": []}) == []


def test_embeds_may_be_taken_away_and_shown_again(double: Double, channel: JsonObject) -> None:
    message = double.messages.send(channel["id"], {"content": "x"}, (), double.state.bot)

    double.messages.edit(channel["id"], message["id"], {"flags": 4}, ())
    hidden = message["flags"]
    double.messages.edit(channel["id"], message["id"], {"flags": 0}, ())

    assert (hidden, message["flags"]) == (4, 0)


def test_pictures_that_come_along_get_an_address_in_every_place_of_an_embed(
    double: Double, channel: JsonObject
) -> None:
    link = "attachment://a.png"
    embed = {
        "image": {"url": link},
        "author": {"name": "A", "icon_url": link},
        "footer": {"text": "F", "icon_url": link},
    }
    message = double.messages.send(channel["id"], {"embeds": [embed]}, (Upload(0, "a.png", b"p"),), double.state.bot)
    (shown,) = message["embeds"]
    address = message["attachments"][0]["url"]

    assert [shown["image"]["url"], shown["author"]["icon_url"], shown["footer"]["icon_url"]] == [address] * 3


def test_all_text_is_what_people_read() -> None:
    embed = {"title": "T", "description": "D", "fields": [{"name": "N", "value": "V"}], "footer": {"text": "F"}}
    components = [{"type": 10, "content": "W"}, {"type": 1, "components": [{"type": 2, "label": "no"}]}]

    assert all_text({"content": "C", "embeds": [embed], "components": components}) == "C\nT\nD\nN\nV\nF\nW"
