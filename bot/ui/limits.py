"""Discord's limits. All count code points; an embed or a component may be refused one over."""

from typing import Final

# Discord API reference: "Create Message", "Component Reference", "Application Command Option Structure".
MESSAGE_CONTENT: Final = 2000
MESSAGE_TEXT: Final = 4000
"""Characters in all TextDisplays of one message together."""
MESSAGE_COMPONENTS: Final = 40
"""Components of one message, nested ones included."""
ROW_BUTTONS: Final = 5
CUSTOM_ID: Final = 100
BUTTON_LABEL: Final = 80
SELECT_OPTIONS: Final = 25
OPTION_TEXT: Final = 100
CHOICES: Final = 25
CHOICE_TEXT: Final = 100
LINK: Final = 2000
"""Longest address that becomes a link; longer ones are left as plain words."""
