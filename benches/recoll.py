#!/usr/bin/env python3
"""Measures morgue beside `recollindex` (Debian's recollcmd) on the same generated files, in the same run.

    cargo build --release --example generate_archive
    cargo build --release
    benches/recoll.py [--articles 20000] [--large 200000] [--rounds 3]

Both index the same folder of plain text and web pages into a fresh place, in turns, morgue with and without the names
that recollindex does not look for; the figure is files per second of the clock, the median of the rounds. Then morgue alone indexes the large archive, runs again with nothing changed, and
again after one file of a hundred was changed. Memory is the peak of the process.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("MORGUE_")}


def run(command):
    """Seconds of the clock, seconds of CPU and peak memory in MB of one process."""
    began = time.monotonic()
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, "/dev/null", os.O_RDWR, 0) for stream in (0, 1, 2)]
    process = os.posix_spawnp(command[0], [str(part) for part in command], ENVIRONMENT, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def recoll(folder, place):
    """A configuration of its own, with nothing but the folder in it; what is not news is left at its defaults."""
    place.mkdir(parents=True)
    (place / "recoll.conf").write_text(f"topdirs = {folder}\nloglevel = 1\n")
    return ["recollindex", "-c", place]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=200_000, help="0 leaves the large archive out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--morgue", type=Path, default=REPOSITORY / "target/release/morgue")
    parser.add_argument("--generate", type=Path, default=REPOSITORY / "target/release/examples/generate_archive")
    asked = parser.parse_args()
    if not shutil.which("recollindex"):
        print("skipped: no `recollindex` here (Debian: apt-get install recollcmd)")
        return
    with tempfile.TemporaryDirectory(prefix="recoll-") as scratch:
        scratch = Path(scratch)
        compare(asked, scratch)
        if asked.large:
            large(asked, scratch)


def compare(asked, scratch):
    folder = scratch / "archive"
    subprocess.run([asked.generate, folder, str(asked.articles)], check=True, stdout=subprocess.DEVNULL)
    measured = {"recollindex": [], "morgue": [], "no names": []}
    for turn in range(asked.rounds):
        commands = {
            "recollindex": recoll(folder, scratch / f"recoll-{turn}"),
            "morgue": [asked.morgue, "index", folder, "--index", scratch / f"index-{turn}"],
            "no names": [asked.morgue, "index", folder, "--no-entities", "--index", scratch / f"plain-{turn}"],
        }
        for name in sorted(commands, reverse=turn % 2 == 0):
            measured[name].append(run(commands[name]))
    print(f"{asked.articles} files, {asked.rounds} rounds in turns, medians")
    rates = {}
    for name, runs in measured.items():
        clock = statistics.median(one[0] for one in runs)
        cpu = statistics.median(one[1] for one in runs)
        rates[name] = asked.articles / clock
        print(f"  {name:<12} {rates[name]:>8.0f} files/s {clock:>8.1f} s {cpu:>8.1f} s CPU {max(one[2] for one in runs):>6.0f} MB")
    # recollindex looks for no people, organizations and places.
    for name in ("morgue", "no names"):
        print(f"  {name} is {rates[name] / rates['recollindex']:.1f} times as fast (wanted: 10)")
    shutil.rmtree(folder)


def large(asked, scratch):
    folder, index = scratch / "large", scratch / "large-index"
    subprocess.run([asked.generate, folder, str(asked.large), "2"], check=True, stdout=subprocess.DEVNULL)
    command = [asked.morgue, "index", folder, "--index", index]
    first = run(command)
    report("index", asked.large, first, first)
    report("nothing changed", asked.large, run(command), first)
    # Files of another age and length: nobody changes a file within the second in which it was indexed.
    for path in sorted(folder.rglob("*.txt"))[:: max(1, 75)][: asked.large // 100]:
        with path.open("a") as text:
            text.write("\nA line that was added later.\n")
    report("one in a hundred changed", asked.large, run(command), first)
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    print(f"  index {size / 1e6:.0f} MB")


def report(what, files, measured, first):
    clock, cpu, memory = measured
    share = f" {clock / first[0]:>6.3f} of the first" if measured is not first else ""
    print(f"{files} files, {what:<24} {clock:>7.1f} s {cpu:>7.1f} s CPU {memory:>5.0f} MB {files / clock:>8.0f} files/s{share}")


if __name__ == "__main__":
    main()
