"""describe -- what an OpenJDK test file asks for, or why it is not one of ours.

A test is a comment with @test and further tags (jtreg's tag language). We take the plain ones: a main
program, or a class for TestNG or JUnit when Debian's jars are there, that needs no option of HotSpot's
own and is not part of a module.
"""
import os
import re
import shlex

import folders

COMMENT = re.compile(r"/\*.*?\*/", re.S)
TAG = re.compile(r"^[ \t]*(?:/?\*+)?[ \t]*@(\w+)\b", re.M)
KEYS_OUT = {"headful", "intermittent", "printer", "sound", "multimon", "manual"}
# Options of `java` that any Java virtual machine is asked to know.
PLAIN_OPTION = re.compile(r"-D|-(ea|esa|da|dsa|enableassertions|disableassertions)\b|-X(mx|ms|ss)\d"
                          r"|--(add|limit)-modules=|--add-(exports|opens)=|--enable-native-access="
                          r"|-Xrs$|-Xnoclassgc$|-Xint$")
TWO_WORDS = ("--add-modules", "--limit-modules", "--add-exports", "--add-opens",
             "--enable-native-access")
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
    """libraries: further folders of sources; modules: what @modules names, as in `java.base/sun.nio.ch:open`;
    root: the folder of the unnamed package."""

    def __init__(self, name, file, actions, root, libraries=(), modules=()):
        self.name, self.file, self.actions = name, file, actions
        self.root, self.libraries, self.modules = root, list(libraries), list(modules)

    def exports(self):
        """(module/package, how) of the packages that @modules names."""
        for module in self.modules:
            name, _, how = module.partition(":")
            if "/" in name:
                yield name, how

    def compiler_options(self):
        return [f"--add-exports={name}=ALL-UNNAMED" for name, _ in self.exports()] + self.incubators()

    def java_options(self):
        options = []
        for name, how in self.exports():
            options += [f"--add-exports={name}=ALL-UNNAMED"] if how != "open" else []
            options += [f"--add-opens={name}=ALL-UNNAMED"] if "open" in how else []
        return options + self.incubators()

    def incubators(self):
        """Modules of this kind are not there unless asked for."""
        named = sorted({m.split("/")[0] for m in self.modules if m.startswith("jdk.incubator.")})
        return [f"--add-modules={m}" for m in named]


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
        if option in TWO_WORDS and words:
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
    if kind in ("build", "ignore"):
        return Action("build", arguments=words) if kind == "build" else None
    if kind == "clean":
        raise NotPlain("compiles between runs")
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
    if tag == "clean":
        raise NotPlain("compiles between runs")
    if tag == "ignore":
        raise NotPlain("ignored by OpenJDK")
    if tag == "key" and KEYS_OUT & set(re.split(r"[\s,]+", value)):
        raise NotPlain("key " + value)
    if tag == "requires" and not requires_holds(value):
        raise NotPlain("requires: not this machine")


def libraries_of(root, file, tags):
    """Folders of sources besides the test's own."""
    above, words = folders.nearest(root, file, "lib.dirs")
    found = [folders.resolve(root, above, w) for w in words]
    for tag, value in tags:
        if tag == "library":
            found += [folders.resolve(root, os.path.dirname(file), w) for w in value.split()]
    for library in found:
        if not os.path.isdir(library):
            raise NotPlain("library: not a folder")
        if os.path.isdir(library + "/java.base"):
            raise NotPlain("library: inside a module")
    return list(dict.fromkeys(found))


def modules_of(root, file, tags):
    """What the test's own @modules name, or else those of the nearest folder that has a say."""
    named = [w for tag, value in tags if tag == "modules" for w in value.split()]
    return named or folders.nearest(root, file, "modules")[1]


def framework_test(root, file, text, name):
    """The test that a file without a description is, in a folder where all belong to a framework."""
    for kind, key in (("testng", "TestNG"), ("junit", "JUnit")):
        top = folders.framework_root(root, file, key)
        if top and re.search(r"^\s*@Test\b", text, re.M) and not re.search(
                r"\babstract class " + os.path.basename(name) + r"\b", text):
            main = os.path.relpath(file, top)[:-len(".java")].replace("/", ".")
            return Test(name, file, [Action(kind, main)], top, libraries_of(root, file, []),
                        modules_of(root, file, []))
    return None


def described_test(root, file, tags, name):
    if folders.nearest(root, file, "bootclasspath.dirs")[0]:
        raise NotPlain("inside a module")
    top = folders.framework_root(root, file, "TestNG") or os.path.dirname(file)
    return Test(name, file, actions_of(tags, file), top, libraries_of(root, file, tags),
                modules_of(root, file, tags))


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
            test = None
            if not any(tag in ("run", "compile") for tag, _ in tags):
                test = framework_test(root, file, text, name)
            found.append(test or described_test(root, file, tags, name))
        except NotPlain as why:
            refused.append((name, str(why)))
    if not descriptions:
        try:
            test = framework_test(root, file, text, os.path.relpath(file, root)[:-len(".java")])
            found += [test] if test else []
        except NotPlain as why:
            refused.append((file, str(why)))
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
