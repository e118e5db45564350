"""What publishers and their software put around the news: patterns to cut, line by line."""

import re
from typing import Final

_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|Reuters(?: Connect)?|REUTERS|EPA|AP(?: Photo)?|PA(?: Media)?|Bloomberg|Shutterstock|"
    r"Anadolu|Xinhua|TASS|NurPhoto|Alamy|iStock|Zuma Press)"
)
_NAME: Final = r"[A-Z][\w.’'-]{0,25}"

# Whole lines. Case does not matter; what follows the last word may only be points, arrows and spaces.
_INVITATIONS: Final = (
    r"continue reading(?: [^\n.]{1,60})?",
    r"(?:read|find out|learn|see) more(?: (?:here|at|on|about) [^\n.]{1,80}| here)?",
    r"(?:read|watch|listen)(?: (?:the )?(?:full|whole|entire|original))? (?:story|article|video|episode)(?: here)?",
    r"(?:sign up|subscribe|register)\b(?: now| here| today)?(?: (?:for|to|here|with) [^\n.]{1,160})?",
    r"get (?:our|the|your) [^\n.]{1,80}(?:newsletter|e-?mail|inbox|alerts?|app)\b[^\n.]{0,60}",
    r"(?:click|tap) here(?: [^\n]{1,120})?",
    r"download (?:the|our) [^\n.]{0,60}\bapp\b[^\n.]{0,60}",
    r"(?:follow|join) (?:us|our|the)\b[^\n.]{0,80}\b(?:twitter|facebook|instagram|telegram|whatsapp|youtube|tiktok)",
    r"(?:follow|join) (?:us|our|the)\b[^\n.]{0,80}\b(?:google news|channel|x|threads|bluesky)",
    r"follow (?:us|our)\b[^\n.]{0,80}\b(?:live ?blog|live coverage|latest updates)[^\n.]{0,40}",
    r"(?:listen to|watch) this (?:article|story|video)[^\n.]{0,40}",
)
_FURNITURE: Final = (
    r"(?:read more|read also|also read|read next|see also|related|recommended|most read)(?:: ?[^\n]{0,200})?",
    r"(?:related (?:articles?|stories|topics?|content)|more on this(?: story)?|in other news)(?:: ?[^\n]{0,200})?",
    r"you may also like(?:: ?[^\n]{0,200})?",
    r"advertisement|sponsored(?: content)?|promoted(?: content)?|scroll to continue",
    r"(?:story|article) continues (?:below|after)(?: (?:this|the))?(?: advertisement| ad)?",
    r"(?:share|save|print|comments?|copy link|listen|loading|leave a comment)(?: this(?: article| story| post)?)?",
    r"\d{1,3}[ -]min(?:ute)?s?(?: read| listen| watch)",
)
_NOTES: Final = (
    r"(?:first |originally |last )?(?:published|updated|posted|modified)(?: (?:on|at))?:? [^\n]{0,50}\d[^\n]{0,40}",
    r"(?:this|our) live ?(?:blog|page|coverage)[^\n.]{0,20} (?:is now closed|has (?:now )?(?:ended|closed))",
    r"this (?:article|story|post|report) (?:was|has been|is)(?: \w+){0,2} (?:published|updated|amended)[^\n]{0,120}",
    r"this (?:article|story|post|report) (?:was|has been|is)(?: \w+){0,2} (?:corrected|translated)[^\n]{0,120}",
    r"this is a (?:developing|breaking)(?: news)? story[^\n]{0,100}",
    r"more to follow|more follows|end of story|all rights reserved",
    r"(?:copyright (?:©|\(c\)|\d{4})|©|\(c\))[^\n]{0,160}",
    r"\(?(?:additional |further )?(?:reporting|writing|editing|compiled|edited)(?: and \w+)? by [^\n]{1,250}",
    r"(?:our )?standards: [^\n]{1,100}",
)
_LINES: Final = "|".join((*_INVITATIONS, *_FURNITURE, *_NOTES))
_CREDIT_LINE: Final = (
    r"(?i:image|photo|picture|photograph|illustration|graphic|file photo|screenshot)s?"
    r"(?i: credits?| by| courtesy(?: of)?| source)?: (?:[^\n.!?]|\b[A-Z]\.){1,90}"
    rf"|(?i:photographs?|photos?|images?|illustrations?) by [^\n.!?]{{3,60}}"
    rf"|[^\n.!?]{{0,90}}(?:\bvia {_AGENCY}|/ ?{_AGENCY}|{_AGENCY}/[^\n.!?]{{0,40}}|Getty Images|\bAP Photo)"
    r"\)?(?:, [^\n.!?]{0,30})?"
    rf"|By {_NAME}(?: {_NAME}){{1,3}}(?:(?:,| and|, and) {_NAME}(?: {_NAME}){{1,3}}){{0,3}}(?:, [^\n.!?]{{0,60}})?"
)
WHOLE_LINE: Final = re.compile(rf"(?:• )?(?:(?i:{_LINES})[.!:…»›>→) ]*|{_CREDIT_LINE})")

ANYWHERE: Final = re.compile(r" ?\((?:Image|Photo|Picture)(?: credits?)?: ?[^()\n]{1,150}\)", re.IGNORECASE)

# At the end of a line.
TAIL: Final = re.compile(
    r" ?(?:"
    r"\bThe post (?=[^\Wa-z_]|[“\"‘'$])(?:(?!\bThe post )[^\n]){1,400}? "
    r"(?:first appeared|appeared first) on [^\n]{1,120}"
    r"|\bContinue reading(?: [^\n.]{1,60})?[.…»›>→ ]*"
    r"|(?<![^.!?…”\"’')\]\n ])\b(?:Read more|Read (?:the )?full (?:story|article)|Learn more|Find out more|See more|"
    r"Click here|Subscribe here|View (?:the )?entire post)(?: (?:here|at|on|to) [^\n.]{1,60}| here)?[.…»›>→ ]*"
    r"|\bPartial transcript (?:as )?follows?:[^\n]*"
    r"|\(?\b(?:Additional r|R)eporting by [^\n]{1,200}; (?:[Ww]riting|[Ee]diting) by [^\n]{1,200}"
    r")\Z"
)
# Newsletter offers between sentences; never the first words of a text, which then is an offer as a whole.
OFFER: Final = re.compile(
    r"(?<=[.!?…”\"’')\]a-z]) Sign up (?:for|to) [^.\n]{1,120}?\b(?:e-?mail|newsletter|alerts?)\b\.?"
)

# At the start of a text's first lines.
HEAD: Final = re.compile(
    r"(?:"
    rf"(?:Photo|Image|Picture|Photograph|File photo)s?(?: credits?)?: [^\n/:.]{{2,40}}/ ?"
    rf"(?:(?:[A-Z]\. ?){{1,3}}{_NAME}|{_NAME} {_NAME}) (?=[A-Z“\"'‘\d])"
    rf"|[^\n.!?]{{2,90}}?(?:{_AGENCY}/Getty Images|\bvia {_AGENCY}|/ ?{_AGENCY}|Getty Images|Reuters Connect)\)? "
    r"(?=[A-Z“\"'‘])"
    rf"|[^\n|]{{10,300}}\| [^\n.!?|]{{2,60}}?(?:\bvia {_AGENCY}|/ ?{_AGENCY}|Getty Images) (?=[A-Z“\"'‘])"
    r"|(?:Photographs?|Photos?|Images?|Illustrations?) by [^\n.!?]{3,60}? Images (?=[A-Z“\"'‘])"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? (?:at )?\d{1,2}:\d\d ?(?:[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4}\b)? ?"
    r"(?=[A-Z“\"'‘])"
    r"|This live ?blog is now closed\.? ?(?=[A-Z“\"'‘])"
    rf"|By {_NAME} {_NAME}(?:, [^\n.!?]{{3,60}}?)?  ?(?=[—–|] )[—–|] "
    r")"
)

_PLACE: Final = r"(?P<place>[^\W\d_][^\n()\d:;!?—–“”\"]{1,40}?)"
_DAY: Final = r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?,?)?"
_OPENING: Final = r"(?=[^\Wa-z_]|[“\"'‘$£€])"
DATELINE: Final = re.compile(
    rf"{_PLACE}{_DAY}(?:(?P<agency> \([A-Z][\w .&/,’'-]{{1,40}}\) ?[—–-]{{1,2}} ?|:? ?\([A-Z][\w .&/,’'-]{{1,40}}\): )|"
    rf" ?(?:—|–|--| -)(?: |(?=[A-Z“\"]))|(?P<colon>: )){_OPENING}"
)
