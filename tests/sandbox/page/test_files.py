"""The page lies in the package whole, and names nothing outside itself."""

import re

from bot.sandbox.stage.files import page_files

FILES = page_files()
TEXTS = {name: content.decode() for name, (content, _) in FILES.items()}


def test_whatever_the_page_names_is_there() -> None:
    named = re.findall(r'(?:href|src)="([^"#]+)"', TEXTS["index.html"])

    assert len(named) > 10
    assert [name for name in named if name not in FILES] == []


def test_whatever_a_module_imports_is_there() -> None:
    imports = {name: re.findall(r'from "\./([\w.]+)"', text) for name, text in TEXTS.items() if name.endswith(".js")}

    assert {f"js/{found}" for names in imports.values() for found in names} <= FILES.keys()


def test_no_module_lies_about_unused() -> None:
    wanted, seen = ["main.js"], set()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            wanted += re.findall(r'from "\./([\w.]+)"', TEXTS[f"js/{name}"])

    assert {f"js/{name}" for name in seen} == {name for name in FILES if name.startswith("js/")}


def test_nothing_names_an_address_outside() -> None:
    outside = {
        name: re.findall(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z][\w.-]+\.[a-z]{2,}", text)
        for name, text in TEXTS.items()
    }

    assert {name: found for name, found in outside.items() if found} == {}


def test_no_module_reads_html_or_makes_code_of_text() -> None:
    sinks = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")

    assert {name for name, text in TEXTS.items() if sinks.search(text)} == set()


def test_files_stay_small_enough_to_read() -> None:
    assert {name: text.count("\n") for name, text in TEXTS.items() if text.count("\n") > 300} == {}
