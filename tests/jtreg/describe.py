"""describe -- what an OpenJDK test file asks for, or why it is not one of ours.

A test is a comment with @test and further tags (jtreg's tag language). We take the plain ones: a main
program, or a class for TestNG or JUnit when Debian's jars are there, that needs no library, no option
of HotSpot's own, no access to packages that are not exported.
"""
import os
import re
import shlex

COMMENT = re.compile(r"/\*.*?\*/", re.S)
TAG = re.compile(r"^[ \t]*\*?[ \t]*@(\w+)\b", re.M)
KEYS_OUT = {"headful", "intermittent", "printer", "sound", "multimon", "manual"}
# Options of `java` that any Java virtual machine is asked to know.
PLAIN_OPTION = re.compile(r"-D|-(ea|esa|da|dsa|enableassertions|disableassertions)\b|-X(mx|ms|ss)\d"
                          r"|--add-modules=|--limit-modules=|-Xrs$|-Xnoclassgc$|-Xint$")
OS = {"os.family": "linux", "os.name": "Linux", "os.arch": "amd64", "os.simpleArch": "x64",
      "sun.arch.data.model": "64", "vm.bits": "64", "vm.musl": False, "vm.graal.enabled": False,
      "vm.flagless": True, "vm.debug": False, "vm.compMode": "Xmixed"}


class NotPlain(Exception):
    """Why a test is left out."""


class Action:
    def __init__(self, kind, main=None, options=(), arguments=(), fails=False, seconds=120,
                 alone=False):
        self.kind, self.main = kind, main  # kind: compile, build, main, testng, junit
        self.options, self.arguments = list(options), list(arguments)
        self.fails, self.seconds, self.alone = fails, seconds, alone  # alone: in its own process


class Test:
    def __init__(self, name, file, actions):
        self.name, self.file, self.actions = name, file, actions


def comment_tags(comment):
    """(tag, value) of one comment, lines of a value joined by spaces."""
    marks = list(TAG.finditer(comment))
    for mark, after in zip(marks, marks[1:] + [None]):
        value = comment[mark.end():after.start() if after else -2]
        lines = [re.sub(r"^[ \t]*\*?[ \t]*", "", line).strip() for line in value.split("\n")]
        yield mark[1], " ".join(lines).strip()


def requires_holds(expression):
    """An expression of @requires; one about what we cannot answer is refused."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

    def word(m):
        if m[1] is not None:
            return m[1]
        if m[2] in ("true", "false"):
            return m[2].title()
        if m[2] == "os.maxMemory":
            return str(memory)
        if m[2] not in OS:
            raise NotPlain(f"requires {m[2]}")
        return repr(OS[m[2]])

    text = re.sub(r'("[^"]*"|\b\d+\w?\b)|([a-zA-Z][\w.]*)', word, expression)
    text = re.sub(r"\b(\d+)[gG]\b", lambda m: str(int(m[1]) << 30), text)
    text = re.sub(r"\b(\d+)[mM]\b", lambda m: str(int(m[1]) << 20), text)
    text = re.sub(r"!(?!=)", " not ", text).replace("&", " and ").replace("|", " or ")
    text = re.sub(r"==\s*64\b", '== "64"', text)
    try:
        return bool(eval(text.strip(), {"__builtins__": {}}))  # words are quoted or numbers by now
    except (SyntaxError, TypeError, NameError):
        raise NotPlain("requires: " + expression)


def java_options(words, othervm):
    """Split what stands before the class into options, and refuse those that are not plain."""
    options = []
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option in ("--add-modules", "--limit-modules") and words:
            option += "=" + words.pop(0)
        if not PLAIN_OPTION.match(option):
            raise NotPlain(f"option {option.split('=')[0].split(':')[0]}")
        options.append(option)
    if options and not othervm:
        raise NotPlain("options without othervm")
    return options


def run_action(value, file):
    try:
        words = shlex.split(value)
    except ValueError:
        words = value.split()
    head = words.pop(0).split("/") if words else [""]
    kind, modifiers = head[0], head[1:]
    if kind == "compile":
        return compile_action("/".join([""] + modifiers), words, file)
    if kind in ("build", "clean", "ignore"):
        return Action("build", arguments=words) if kind == "build" else None
    if kind not in ("main", "driver", "testng", "junit"):
        raise NotPlain(f"run {kind}")
    fails, seconds = False, 120
    for modifier in modifiers:
        if modifier.startswith("timeout="):
            seconds = int(modifier[8:]) or 7200
        elif modifier == "fail":
            fails = True
        elif modifier != "othervm":
            raise NotPlain(f"run {kind}/{modifier.split('=')[0]}")
    options = java_options(words, "othervm" in modifiers)
    if not words:
        raise NotPlain("run without a class")
    kind = "main" if kind == "driver" else kind
    return Action(kind, words[0], options, words[1:], fails, seconds, "othervm" in modifiers)


def compile_action(modifiers, words, file):
    if modifiers.strip("/") and not modifiers.strip("/").startswith("timeout="):
        raise NotPlain("compile" + modifiers.split("=")[0])
    if any(w.endswith(".jasm") or w.endswith(".jcod") for w in words):
        raise NotPlain("compile: assembler of class files")
    folder = os.path.dirname(file)
    return Action("compile", arguments=[os.path.join(folder, w) if w.endswith(".java") else w
                                        for w in words])


def keep_or_refuse(tag, value, file):
    """Tags that are no action: fine, or the reason to leave the test out."""
    if tag == "library":
        raise NotPlain("library")
    if tag == "ignore":
        raise NotPlain("ignored by OpenJDK")
    if tag == "key" and KEYS_OUT & set(re.split(r"[\s,]+", value)):
        raise NotPlain("key " + value)
    if tag == "modules" and "/" in value:
        raise NotPlain("modules: packages that are not exported")
    if tag == "requires" and not requires_holds(value):
        raise NotPlain("requires: not this machine")


def actions_of(tags, file):
    actions = []
    for tag, value in tags:
        keep_or_refuse(tag, value, file)
        if tag == "run":
            actions.append(run_action(value, file))
        elif tag == "compile" or tag.startswith("compile/"):
            m = re.match(r"(/\S*)?\s*(.*)", value, re.S)
            actions.append(compile_action(m[1] or "", m[2].split(), file))
        elif tag == "build":
            actions.append(Action("build", arguments=value.split()))
    actions = [a for a in actions if a]
    if not any(a.kind not in ("compile", "build") for a in actions):
        if any(tag in ("run", "compile") for tag, _ in tags):
            raise NotPlain("compiles only")
        actions.append(Action("main", os.path.splitext(os.path.basename(file))[0]))
    return actions


def tests_of(root, file):
    """The tests of a file under root: a list of Test and of (name, why not)."""
    with open(file, encoding="utf-8", errors="replace") as f:
        text = f.read()
    found, refused = [], []
    descriptions = [c for c in COMMENT.findall(text) if re.search(r"^[ \t/*]*@test\b", c, re.M)]
    for i, comment in enumerate(descriptions):
        tags = list(comment_tags(comment))
        if not tags or tags[0][0] != "test":
            continue
        name = os.path.relpath(file, root)[:-len(".java")]
        if len(descriptions) > 1:
            m = re.match(r"id=(\S+)", tags[0][1])
            name += "#" + (m[1] if m else str(i))
        try:
            found.append(Test(name, file, actions_of(tags, file)))
        except NotPlain as why:
            refused.append((name, str(why)))
    return found, refused


def problem_list(root):
    """Names (files) that OpenJDK itself excludes on this platform."""
    out = set()
    with open(os.path.join(root, "ProblemList.txt"), encoding="utf-8") as f:
        for line in f:
            words = line.split("#")[0].split() if not line.startswith("#") else []
            if len(words) >= 3 and re.search(r"generic-all|generic-x64|linux-all|linux-x64",
                                             words[-1]):
                out.add(re.sub(r"\.java$", "", words[0]))
    return out
