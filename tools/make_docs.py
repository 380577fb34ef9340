#!/usr/bin/env python3
"""Builds the documentation as a site that needs no network: build/docs/site/index.html.

Usage: make_docs.py [FOLDER]     (FOLDER: by default build/docs)
The pages are copied as they lie in the repository, so that their links hold; the reference is made from
the headers; MkDocs with the theme Material makes HTML of it, strictly; then every link of every page is
followed. Exit status: 0, or 1 with the faults.
"""

import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

import header_reference

ROOT = pathlib.Path(__file__).resolve().parents[1]
COPIED = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/**/*.md", "docs/site.css",
          "benchmarks/peers/*.md")
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


def as_page(text):
    """A page of the repository for MkDocs: fences without the words for the tests, and the index of a
    folder where a link names the folder."""
    text = re.sub(r"^```output.*$", "```text", text, flags=re.M)
    text = re.sub(r"^```(\w+) .*$", r"```\1", text, flags=re.M)
    return re.sub(r"(\]\((?!https?:)[^)#\s]+/)\)", r"\1index.md)", text)


def design_index(notes):
    lines = [f"* [{note.read_text(encoding='utf-8').splitlines()[0].removeprefix('# ')}]({note.name})"
             for note in notes]
    return ("# Decisions\n\nEach with its constraints, the choice, what was refused, and the cost.\n\n"
            + "\n".join(lines) + "\n")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def expanded(config, source):
    """mkdocs.yml with a line for each page in place of a line with *."""
    lines = []
    for line in config.splitlines():
        match = re.fullmatch(r"( *- )(\S*\*\S*)", line)
        if not match:
            lines.append(line)
            continue
        found = sorted(page.relative_to(source).as_posix() for page in source.glob(match.group(2)))
        lines += [match.group(1) + page for page in found]
    return "\n".join(lines) + "\n"


def copied_files(root):
    return sorted(path for pattern in COPIED for path in root.glob(pattern))


def prepare(root, folder):
    """Writes what MkDocs reads: mkdocs.yml and source/."""
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    for path in copied_files(root):
        write(source / path.relative_to(root), as_page(path.read_text(encoding="utf-8")))
    notes = sorted((root / "docs" / "design").glob("[0-9]*.md"))
    write(source / "docs" / "design" / "index.md", design_index(notes))
    for name, text in header_reference.pages(root).items():
        write(source / "reference" / f"{name}.md", text)
    config = (root / "docs" / "mkdocs.yml").read_text(encoding="utf-8")
    write(folder / "mkdocs.yml", expanded(config, source))


class Page(html.parser.HTMLParser):
    """The places that a page has, those it links to, and those it loads."""

    def __init__(self, text):
        super().__init__()
        self.places, self.links, self.loaded = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.places.update(values[key] for key in ("id", "name") if values.get(key))
        if tag in LOADED and values.get(LOADED[tag]):
            self.loaded.append(values[LOADED[tag]])
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])


def check_site(site):
    """All faults of built pages: what is loaded from elsewhere, links to what is not there."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    faults = []
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for link in page.loaded + page.links:
            url = urllib.parse.urlsplit(link)
            if url.scheme or url.netloc:
                if link in page.loaded:
                    faults.append(f"{name}: loads {link}")
                continue
            target = site / url.path.lstrip("/") if url.path.startswith("/") else path.parent / url.path
            target = (target if url.path else path).resolve()
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                faults.append(f"{name}: no {link}")
            elif url.fragment and target in pages and (
                    urllib.parse.unquote(url.fragment) not in pages[target].places):
                faults.append(f"{name}: no place {link}")
    return faults, len(pages)


def main(arguments):
    folder = pathlib.Path(arguments[0] if arguments else ROOT / "build" / "docs").resolve()
    prepare(ROOT, folder)
    done = subprocess.run(["mkdocs", "build", "--quiet", "--strict", "--clean", "--config-file",
                           folder / "mkdocs.yml"], check=False)
    if done.returncode != 0:
        return 1
    faults, count = check_site(folder / "site")
    print("\n".join(faults) if faults else f"{count} pages: {folder / 'site' / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
