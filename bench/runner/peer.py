"""The virtual machines that are compared."""
import dataclasses
import os
import pathlib
import subprocess

from .process import ROOT

JAVA_HOME = next(iter(sorted(pathlib.Path("/usr/lib/jvm").glob("java-17-openjdk-*"))), None)
JAVA = str(JAVA_HOME / "bin/java") if JAVA_HOME else "java"


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    command: tuple  # what stands before the options of the virtual machine
    what: str


ALL = (
    Peer("j3", (str(ROOT / "bin/j3"),), "the virtual machine of this repository"),
    Peer("java", (JAVA,), "HotSpot as installed: C1, C2, class-data archive"),
    Peer("c1", (JAVA, "-XX:TieredStopAtLevel=1"), "HotSpot with its fast compiler only"),
    Peer("int", (JAVA, "-Xint"), "HotSpot's interpreter"),
    Peer("int-off", (JAVA, "-Xint", "-Xshare:off"), "the same without the archive: boots as j3 does"),
    Peer("zero", (JAVA, "-zero"), "OpenJDK's portable interpreter"),
)


def is_there(peer):
    """Whether the command starts at all: Zero is a package of its own, for example."""
    try:
        return subprocess.run([*peer.command, "-version"], capture_output=True, timeout=60,
                              stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def choose(names, extra):
    """Peers by name, in the order of ALL, and those that the user made: NAME=COMMAND."""
    peers = [p for p in ALL if p.name in names]
    for text in extra:
        name, _, command = text.partition("=")
        if not command:
            raise SystemExit(f"bench/run: --peer {text}: NAME=COMMAND is expected")
        words = command.split()
        # Programs run in folders of their own: a path to the command has to be absolute.
        words = [os.path.abspath(w) if "/" in w and os.path.exists(w) else w for w in words]
        peers.append(Peer(name, tuple(words), command))
    return peers
