"""folders -- what the TEST.properties of a test's folder, and of those above it, say about the test."""
import functools
import os
import re


@functools.lru_cache(maxsize=None)
def own_properties(folder):
    """Key -> words of TEST.properties in this very folder."""
    try:
        with open(os.path.join(folder, "TEST.properties"), encoding="utf-8") as f:
            text = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*$", "", f.read(), flags=re.M))
    except OSError:
        return {}
    pairs = re.findall(r"^\s*([\w.]+)\s*[=:](.*)$", text, re.M)
    return {key: value.split() for key, value in pairs}


def nearest(root, file, key):
    """(folder, words) of the nearest folder above a file that has the key, or (None, [])."""
    folder = os.path.dirname(file)
    while len(folder) >= len(root):
        if key in own_properties(folder):
            return folder, own_properties(folder)[key]
        folder = os.path.dirname(folder)
    return None, []


def resolve(root, folder, path):
    """A folder of a library: from the top of the tests when it begins with a slash, or the one above it."""
    if not path.startswith("/"):
        return os.path.normpath(os.path.join(folder, path))
    inside = root + path
    return inside if os.path.isdir(inside) else os.path.normpath(root + "/../.." + path)


def framework_root(root, file, framework):
    """The root of packages if the file is where every class belongs to the framework, or None."""
    folder, words = nearest(root, file, framework + ".dirs")
    for path in words:
        top = resolve(root, folder, path)
        if file.startswith(top + "/"):
            return top
    return None
