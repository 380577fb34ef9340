"""Pages of reference from the public headers: their comments as prose, their declarations as code.

pages(root) gives {folder: Markdown} for every header that antler/antler.h includes. What a user does not
write is left out: private members, bodies of functions, namespaces detail, forward declarations.
"""

import dataclasses
import functools
import re

LABELS = ("Options", "Shapes", "Types", "Slots", "Masks", "Weights", "Errors", "Threads", "Source")
LABEL = re.compile(rf"(?:^|\s)({'|'.join(LABELS)}) {{2,}}")
TYPE = re.compile(r"^(?:template\s*<.*?>\s*)?(?:requires.*?)?(class|struct|enum class|enum)\s+(\w+)",
                  re.S)
FUNCTION = re.compile(r"(operator\s*[^\s\w(]+|[\w:~]+)\s*\(")
# Members that serve Antler's own machinery: lists of fields, and what the graph asks an op.
INTERNAL = re.compile(r"static constexpr |static void visit\(|NamedOnly named_only|"
                      r"TensorSpec infer\(|std::vector<Value> gradient\(|~\w+\(")
DROPPED = re.compile(r"(?:class|struct)\s+\w+;|template\s*<>|extern template|static_assert|"
                     r"using namespace|friend ")


@dataclasses.dataclass
class Declaration:
    comment: list  # its lines of ///, without the slashes
    code: str  # as a user reads it
    name: str
    is_type: bool
    is_apart: bool  # an empty line stands before it


@dataclasses.dataclass
class Item:
    """What one comment documents."""

    header: str
    namespace: str
    comment: list
    declarations: list

    @property
    def title(self):
        functions = [d.name for d in self.declarations if not d.is_type]
        documented = [d for d in self.declarations if d.comment]
        if self.namespace.startswith("ops") and functions:
            names = functions
        elif documented and documented[0].is_type:
            names = [documented[0].name]
        else:
            names = functions or [d.name for d in self.declarations]
        prefix = f"{self.namespace}::" if self.namespace else ""
        return ", ".join(prefix + name for name in dict.fromkeys(names))


def end_of_declaration(text, start):
    """(end, place of the brace that opens its block or -1) of the declaration at `start`."""
    round_depth = 0
    at = start
    block = -1
    while at < len(text):
        if text.startswith("//", at):
            at = text.find("\n", at)
            continue
        char = text[at]
        if char in "\"'" and not (char == "'" and text[at - 1].isalnum()):
            at = end_of_literal(text, at)
            continue
        round_depth += (char == "(") - (char == ")")
        if char == "{":
            end = end_of_block(text, at)
            is_value = text[start:at].rstrip().endswith("=") or (
                "(" not in text[start:at] and not TYPE.match(text[start:at].lstrip()))
            if round_depth == 0 and not is_value:
                block = at
                has_semicolon = text[end:].lstrip().startswith(";")
                return (text.index(";", end) + 1 if has_semicolon else end), block
            at = end
            continue
        if char == ";" and round_depth == 0:
            return at + 1, block
        at += 1
    return len(text), block


def end_of_literal(text, at):
    quote = text[at]
    at += 1
    while text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at + 1


def end_of_block(text, at):
    depth = 0
    while True:
        if text.startswith("//", at):
            at = text.find("\n", at)
        elif text[at] in "\"'" and not (text[at] == "'" and text[at - 1].isalnum()):
            at = end_of_literal(text, at)
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
        if depth == 0:
            return at


def split_trivia(text, at):
    """(comment, is_apart, start): what stands before the declaration that begins at `start`."""
    comment, is_apart = [], False
    while at < len(text):
        end = text.find("\n", at)
        line = text[at:len(text) if end < 0 else end].strip()
        if line.startswith("///"):
            comment.append(line[3:].removeprefix(" "))
        elif not line:
            is_apart, comment = is_apart or at > 0, []
        elif not line.startswith("//"):
            break
        at = len(text) if end < 0 else end + 1
    return comment, is_apart, at


def declarations(text):
    """The declarations of a namespace's body. Blank lines part them."""
    at = 0
    while True:
        comment, is_apart, at = split_trivia(text, at)
        if at >= len(text):
            return
        end, block = end_of_declaration(text, at)
        rest = re.match(r"[ \t]*//[^\n]*", text[end:])
        remark = rest.group() if rest else ""
        code, name, is_type = shown(text, at, end, block)
        at = end + len(remark)
        at += text.startswith("\n", at)
        if code:
            yield Declaration(comment, code + remark, name, is_type, is_apart)


def shown(text, start, end, block):
    """(code as a user reads it or "", name, whether it is a type)."""
    head = text[start:block if block >= 0 else end].strip()
    if DROPPED.match(head):
        return "", "", False
    type_of = TYPE.match(head)
    if type_of and block >= 0:
        body = text[block + 1:end].rstrip(" \n;")[:-1]
        inside = body if type_of.group(1).startswith("enum") else members(body)
        indent = re.match(r"[ \t]*", text[start:]).group()
        close = f"\n{indent}}};" if inside.strip() and "\n" in inside else "};"
        return f"{head} {{{inside.rstrip()}{close}", type_of.group(2), True
    if re.match(r"using |(template\s*<.*>\s*)?concept ", head):
        name = re.search(r"(?:using|concept)\s+(\w+)", head).group(1)
        return head, name, True
    own = re.sub(r"^(?:\s*(?:template|requires)\b.*\n)+", "", head)  # clang-format ends lines there
    before = own.partition("(")[0]
    if "(" not in head or "=" in before and "operator" not in before:
        name = re.search(r"(\w+)(?:\s*\[.*?\])?\s*(?:=|\{|;|$)", head)
        return head.rstrip(";") + ";", name.group(1) if name else "", False
    found = FUNCTION.search(own.replace("decltype(auto)", "auto"))
    name = found.group(1).replace(" ", "") if found else ""
    if "::" in name and "operator" not in name:
        return "", "", False  # a member's definition, out of its class
    if block >= 0:
        head = re.split(r"(?<=\))\s*:\s(?!:)", head)[0].rstrip() + ";"
    return head, name, False


def members(body):
    """The body of a class without what is private or internal."""
    out, at, is_hidden = "", 0, False
    while at < len(body):
        access = re.match(r"\s*(public|protected|private):", body[at:])
        if access:
            is_hidden = access.group(1) == "private"
            out += "" if is_hidden else access.group()
            at += access.end()
            continue
        _, _, start = split_trivia(body, at)
        if start >= len(body):
            break
        after = re.match(r"\s*(?:public|protected|private):", body[start:])
        if after:
            at = start
            continue
        end, block = end_of_declaration(body, start)
        rest = re.match(r"[ \t]*//[^\n]*", body[end:])
        last = end + (rest.end() if rest else 0)
        indent = re.match(r"\s*", body[start:]).group()
        code, _, _ = shown(body, start, end, block)
        if code and not is_hidden and not INTERNAL.match(body[start:end].strip()):
            lead = body[at:start]
            out += ("" if lead.startswith("\n") or out.endswith("\n") else "\n") + lead + indent + code
            out += rest.group() if rest else ""
        at = last
    return out


def bodies(text):
    """(namespace below antler, its text) of a header; namespaces detail are left out."""
    text = re.sub(r"^#.*(?:\\\n.*)*\n", "", text, flags=re.M)
    found = [(match.group(1), match.start(), match.end(), end_of_block(text, match.end() - 1))
             for match in re.finditer(r"^namespace ([\w:]+) \{", text, re.M)]
    for _, _, start, end in found:
        around = [name for name, _, first, last in found if first <= start and end <= last]
        body = text[start:end - 1]
        inner = [(begin, last) for _, begin, _, last in found if start <= begin and last < end]
        for begin, last in reversed(inner):  # from the back: places before stay
            body = body[:begin - start] + body[last - start:].partition("\n")[2]
        parts = [part for name in around for part in name.split("::") if part != "antler"]
        if "detail" not in parts:
            yield "::".join(parts), body


def items(header, text):
    found = []
    for namespace, body in bodies(text):
        pending = []
        current = last = None
        for declaration in declarations(body):
            if declaration.comment:
                current = Item(header, namespace, declaration.comment, [*pending, declaration])
                found.append(current)
                pending = []
            elif current is None or (declaration.is_type and declaration.is_apart):
                pending.append(declaration)
                if not declaration.is_type and last is not None:  # its result, not the next one's options
                    last.declarations += pending
                    pending = []
                current = None
            else:
                current.declarations.append(declaration)
            last = found[-1] if found and found[-1].namespace == namespace else None
        if pending:
            found.append(Item(header, namespace, [], pending))
    return found


def escaped(text):
    """Text that Markdown shows as it is, but for `code`."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else
                   re.sub(r"([\\*\[\]#]|\b_\B|\B_\b)", r"\\\1", part).replace("<", "&lt;")
                   for part in parts)


def prose(comment):
    """A comment as Markdown: paragraphs, code that is indented, and a list of what is labelled."""
    out = []
    for paragraph in "\n".join(comment).split("\n\n"):
        lines = paragraph.split("\n")
        if lines[0].startswith("  "):
            least = min(len(line) - len(line.lstrip()) for line in lines)
            out.append("```cpp\n" + "\n".join(line[least:] for line in lines) + "\n```\n")
            continue
        first, *labelled = LABEL.split("\n".join(line.strip() for line in lines))
        if first:
            out.append(escaped(first) + "\n")
        for label, text in zip(labelled[::2], labelled[1::2]):
            entries = re.split(r"(?<=[.;]) {2,}", text.strip())
            out.append(f"* **{label}** " + "<br>".join(escaped(" ".join(entry.split()))
                                                      for entry in entries))
        out.append("")
    return "\n".join(out)


def shared_comment(text):
    """What a header says of all that it declares: comments of // that belong to no declaration."""
    blocks = re.findall(r"^((?://(?!/).*\n)+)(?=\n|namespace )", text, re.M)
    return "\n\n".join(re.sub(r"^// ?", "", block, flags=re.M).strip("\n")
                       for block in blocks).split("\n") if blocks else []


def page(folder, headers):
    lines = [f"# {folder}\n\nFrom the headers in `antler/{folder}/` that `antler/antler.h` includes.\n"]
    for header, text in headers:
        shared = shared_comment(text)
        level = "##"
        if shared:
            title = header.split("/")[-1].removesuffix(".h").replace("_", " ").capitalize()
            lines.append(f"## {title}\n\n{prose(shared)}")
            level = "###"
        for item in items(header, text):
            lines.append(f"{level} {escaped(item.title)}\n\n{prose(item.comment)}\n"
                         f"```cpp title=\"{header}\"\n{code(item)}\n```\n")
    return "\n".join(lines)


def code(item):
    types = [d.code for d in item.declarations if d.is_type]
    functions = "\n".join(d.code for d in item.declarations if not d.is_type)
    return "\n\n".join([*types, functions] if functions else types)


def public_headers(root):
    text = (root / "antler" / "antler.h").read_text(encoding="utf-8")
    return re.findall(r'^#include "(antler/.*)"$', text, re.M)


@functools.cache
def pages(root):
    folders = {}
    for header in public_headers(root):
        text = (root / header).read_text(encoding="utf-8")
        folders.setdefault(header.split("/")[1], []).append((header, text))
    return {folder: page(folder, headers) for folder, headers in sorted(folders.items())}
