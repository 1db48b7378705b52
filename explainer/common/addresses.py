"""Check the URLs that authors write: which are accepted, and which are misleading."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from explainer.common.characters import lookalike_readings, scripts

# Misleading URLs: a user name before the host, look-alike letters in the host, or a mail with
# hidden receivers. The rules follow Unicode Technical Standard 39 on confusable names and what
# browsers do with them, but are simpler. A host that a browser would display as ``xn--…`` must be
# written that way.

_WEB: Final = re.compile(r"(?P<scheme>https?):(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_MAIL: Final = re.compile(r"mailto:(?P<to>[^?]*)(?:\?(?P<more>.*))?", re.IGNORECASE | re.DOTALL)
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f\s]")
_IPV4: Final = re.compile(r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}")
_NUMERIC: Final = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_WITH_LATIN: Final = (
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "LATIN"},
    {"CJK", "IDEOGRAPHIC", "BOPOMOFO", "LATIN"},
    {"CJK", "IDEOGRAPHIC", "HANGUL", "LATIN"},
)
"""Scripts that are used together in one word."""
_APART: Final = {"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "COPTIC", "LISU"}
"""Scripts whose letters look like Latin ones. They may not be mixed with Latin in one word."""
_WRITTEN_SO: Final = "々〻ーゝゞヽヾๆໆ\u200c\u200d"
"""Other characters allowed in host names: marks of repetition and length, and joiners."""


@lru_cache(maxsize=8192)
def misleading(address: str) -> str:
    """Return why a URL may lead elsewhere than it seems to, or an empty string.

    Addresses within the site and schemes other than http, https and mailto are only searched for
    backslashes, white space and control characters.
    """
    plain = unescape(address).strip()
    if "\\" in plain:
        return "it holds a backslash, which browsers take for a slash"
    if _UNSEEN.search(plain):
        return "it holds white space or a control character"
    if web := _WEB.match(plain):
        return _of_web(web["rest"])
    if mail := _MAIL.match(plain):
        return _of_mail(mail["to"], mail["more"])
    return ""


def _of_web(rest: str) -> str:
    if not rest.startswith("//") or rest.startswith("///"):
        return "its host does not stand behind two slashes"
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    if "@" in authority or "%40" in authority:
        return "it names a user before its host, which may look like the host itself"
    if authority.startswith("["):
        return (
            ""
            if re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::\d{1,5})?", authority)
            else "its host is none"
        )
    host, colon, port = authority.partition(":")
    if colon and not re.fullmatch(r"\d{0,5}", port):
        return "its port is no number"
    return of_host(host)


def of_host(host: str) -> str:  # noqa: PLR0911
    """Return why a host name may be taken for another, or an empty string."""
    name = host.lower().removesuffix(".")
    if not name:
        return "it names no host"
    if "%" in name:
        return "its host is written in percent signs"
    plain = unicodedata.normalize("NFC", name)
    if unicodedata.normalize("NFKC", name) != plain:
        return "its host is written with other forms of letters or dots than browsers ask for"
    labels = plain.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return "" if _IPV4.fullmatch(plain) else "its host is a number in disguise"
    for label in labels:
        if odd := next((sign for sign in label if not _may_stand(sign)), None):
            return f"its host holds U+{ord(odd):04X}, which no name of a host has"
    for label in labels:
        found = scripts(label)
        if not _go_together(found):
            return f"its host mixes scripts in '{label[:40]}'"
        if (
            not label.isascii()
            and _looks_latin(label)
            and (found == {"LATIN"} or found != scripts(labels[-1]))
        ):
            return (
                f"'{label[:40]}' in its host looks like Latin letters, and is"
                f" {', '.join(sorted(found)).capitalize()}"
            )
    return ""


def _may_stand(sign: str) -> bool:
    category = unicodedata.category(sign)
    return sign in "-_" or sign in _WRITTEN_SO or category in ("Ll", "Lo", "Mn", "Mc", "Nd")


def _go_together(found: set[str]) -> bool:
    if len(found) < 2 or any(found <= each for each in _WITH_LATIN):
        return True
    return len(found) == 2 and "LATIN" in found and not found & _APART


def _looks_latin(label: str) -> bool:
    """Return whether a word in other letters can be read as one in plain Latin letters.

    A dotless i counts as a plain i, because it is a letter of Turkish.
    """
    other = label.replace("ı", "i")
    return not other.isascii() and any(each.isascii() for each in lookalike_readings(other))


def _of_mail(to: str, more: str | None) -> str:
    receiver = unquote(to)
    if receiver.count("@") != 1 or re.search(r"[\s,;:?&<>\"()\[\]\x00-\x1f]", receiver):
        return "it is not the address of one receiver"
    if why := of_host(receiver.rpartition("@")[2]):
        return why
    for each in (more or "").split("&"):
        key, _, value = each.partition("=")
        if each and unquote(key).lower() != "subject":
            return f"the mail would have a '{unquote(key)[:20]}' that its writer does not see here"
        if re.search(r"[\x00-\x1f\x7f]", unquote(value)):
            return "the mail would have more than one line in its subject"
    return ""


# The URL of a site, as an author or the command line gives it

_BLANK: Final = re.compile(r"[\s\x00-\x20\x7f\\]")
_HARMLESS: Final = "/%:@!$()*+,;=~-._"
"""Characters that need no encoding in a path or in HTML. "%" begins what is already encoded."""
_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_EXAMPLE: Final = "write https://example.org/ or https://example.org/folder/"


class BadAddress(ValueError):
    """A URL that no site can have. The message says why, and ``hint`` says what to write."""

    def __init__(self, why: str, hint: str = _EXAMPLE) -> None:
        super().__init__(why)
        self.hint = hint


def site_address(text: str) -> str:
    """Return the URL of a site in ASCII, with a slash at its end.

    Other letters are encoded as browsers send them. Raises ``BadAddress``.
    """
    shown = f"'{text[:100]}'"
    if _BLANK.search(text):
        raise BadAddress(
            f"{shown} holds white space or a backslash",
            f"{_EXAMPLE}; a space in a path is written %20",
        )
    parts, host = _split(text, shown)
    for sign, name in (("?", "a query"), ("#", "a fragment")):
        if sign in text:
            raise BadAddress(
                f"{shown} has {name} (from '{sign}' on), and addresses of pages go on behind it",
                f"leave it out: {_EXAMPLE}",
            )
    if {".", ".."} & set(parts.path.split("/")):
        raise BadAddress(
            f"{shown} has a '.' or '..' between its slashes", "write the folder that it leads to"
        )
    path = quote(_STRAY.sub("%25", parts.path), safe=_HARMLESS)
    return urlunsplit((parts.scheme, host, path.rstrip("/") + "/", "", ""))


def _split(text: str, shown: str) -> tuple[SplitResult, str]:
    """Return the parts of a URL, and its host with its port in ASCII."""
    try:
        text.encode()
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
        host = name.encode("idna").decode() if not name.isascii() else name
    except ValueError as error:  # also for an invalid host name
        raise BadAddress(f"{shown} is no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise BadAddress(f"{shown} does not begin with https:// or http://", _EXAMPLE)
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", host):
        raise BadAddress(f"{shown} names no host", _EXAMPLE)
    if why := "" if name.isascii() else of_host(name):
        raise BadAddress(f"{shown}: {why}", "write the host as it begins with xn--")
    if "@" in parts.netloc:
        raise BadAddress(f"{shown} names a user, who would be printed on every page", _EXAMPLE)
    bracketed = f"[{host}]" if ":" in host else host
    return parts, bracketed if port is None else f"{bracketed}:{port}"
