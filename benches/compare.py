#!/usr/bin/env python3
"""Measures morgue beside `floor`, a bare tantivy program, in the same run on Reuters-21578.

    cargo build --release
    cargo build --release --manifest-path benches/floor/Cargo.toml --target-dir target/floor
    benches/compare.py [DATA_DIR] [--morgue PROGRAM] [--floor PROGRAM] [--starts 50] [--rounds 3] [--enforce]

The two programs take turns, and who goes first alternates. Times are CPU time (user and system) of a whole process,
from the kernel's accounting at its end; each figure is the median. `--floor-only` measures floor alone.
With `--enforce` the exit code is 1 when a limit is passed.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
INDEX_CPU_LIMIT, INDEX_SIZE_LIMIT, QUERY_CPU_LIMIT = 2.0, 1.6, 1.5
INDEX_MEMORY_LIMIT_MB, QUERY_MEMORY_LIMIT_MB = 300, 40
# What people, organizations and places may cost beside all that floor does.
NAMES_CPU_LIMIT, NAMES_MEMORY_LIMIT_MB = 2.0, 80

# name, floor's query, morgue's arguments
QUERIES = [
    ("rare word", "cruzados", ["cruzados"]),
    ("word", "cocoa", ["cocoa"]),
    ("common word", "said", ["said"]),
    ("two words", "oil prices", ["oil prices"]),
    ("two common words", "mln dlrs", ["mln dlrs"]),
    ("three words", "japan trade surplus", ["japan trade surplus"]),
    ("five words", "japan trade deficit dollar yen", ["japan trade deficit dollar yen"]),
    ("five words, OR", "japan OR trade OR deficit OR dollar OR yen", ["japan OR trade OR deficit OR dollar OR yen"]),
    ("phrase", '"interest rates"', ['"interest rates"']),
    ("common phrase", '"mln dlrs"', ['"mln dlrs"']),
    ("NOT", "oil -opec", ["oil NOT opec"]),
    ("author", "dollar AND author:torday", ["dollar", "--by", "torday"]),
    ("days", "oil AND day:[19870301 TO 19870331]", ["oil", "--since", "1987-03-01", "--until", "1987-03-31"]),
    ("author and days", "dollar AND author:torday AND day:[19870301 TO 19870331]",
     ["dollar", "--by", "torday", "--since", "1987-03-01", "--until", "1987-03-31"]),
]


class Measured:
    def __init__(self, usage):
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory_mb = usage.ru_maxrss / 1024


def run(command):
    """The resources of one process, from its start to its end. Its output goes nowhere."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, "/dev/null", os.O_RDWR, 0) for stream in (0, 1)]
    process = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return Measured(usage)


def memory_mb(command):
    """The peak memory of one process. Linux counts what the parent held before `exec`, so that a small program started
    from here would show this script's own memory: /usr/bin/time, which is smaller than either, starts it instead."""
    if not os.access("/usr/bin/time", os.X_OK):
        return run(command).memory_mb
    with tempfile.NamedTemporaryFile("r") as report:
        run(["/usr/bin/time", "-q", "-f", "%M", "-o", report.name, *command])
        return int(report.read()) / 1024


ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("MORGUE_")}


def take_turns(commands, times):
    """Runs every command `times` times, in turns, each turn in the other order."""
    measured = [[] for _ in commands]
    for turn in range(times):
        order = range(len(commands))
        for which in order if turn % 2 == 0 else reversed(order):
            prepare, command = commands[which]
            measured[which].append(run(command + prepare()))
    return measured


def median(values):
    return statistics.median(values)


def size_of(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=REPOSITORY / "../shared/data/reuters21578")
    parser.add_argument("--morgue", type=Path, default=REPOSITORY / "target/release/morgue")
    parser.add_argument("--floor", type=Path, default=REPOSITORY / "target/floor/release/floor")
    parser.add_argument("--floor-only", action="store_true")
    parser.add_argument("--starts", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--enforce", action="store_true")
    return parser.parse_args()


def main():
    asked = arguments()
    if not any(asked.data.glob("*.sgm")):
        print(f"skipped: no .sgm files in `{asked.data}`")
        return 0
    programs = [asked.floor] if asked.floor_only else [asked.floor, asked.morgue]
    for program in programs:
        if not os.access(program, os.X_OK):
            sys.exit(f"no program `{program}`: build it first, see --help")
    with tempfile.TemporaryDirectory(prefix="compare-") as scratch:
        return measure([str(program.resolve()) for program in programs], asked, scratch)


def measure(programs, asked, scratch):
    data = str(asked.data.resolve())
    names = ["floor", "morgue"][:len(programs)]
    passed = []

    def line(title, values, unit, limit=None, limit_is_ratio=True):
        text = f"{title:<22}" + "".join(f"{value:>10.2f}" for value in values)
        if len(values) == 2:
            ratio = values[1] / values[0]
            text += f"{ratio:>8.2f}"
            if limit is not None:
                over = (ratio if limit_is_ratio else values[1]) > limit
                text += f"   {'OVER' if over else 'ok'} (limit {limit}{'' if limit_is_ratio else ' ' + unit})"
                if over:
                    passed.append(title)
        print(text)

    def head(title):
        ratio = f"{'ratio':>8}" if len(programs) == 2 else ""
        print(f"\n{title:<22}" + "".join(f"{name:>10}" for name in names) + ratio)

    def fresh(name):
        """A place that no earlier round has written to."""
        return tempfile.mkdtemp(prefix=f"{name}-", dir=scratch) + "/index"

    latest = {}

    def place(name, option):
        def prepare():
            latest[name] = fresh(name)
            return option + [latest[name]]
        return prepare

    commands = [(place("floor", []), [programs[0], "index", data])]
    if len(programs) == 2:
        # floor looks for no names: what they cost is a line of its own.
        indexing = [programs[1], "index", data, "--jobs", "1"]
        commands.append((place("morgue", ["--no-entities", "--index"]), indexing))
        commands.append((place("names", ["--index"]), indexing))
    measured = take_turns(commands, asked.rounds)
    with_names = measured.pop() if len(programs) == 2 else None
    head(f"indexing ({asked.rounds} rounds)")
    line("CPU s", [median([one.cpu for one in each]) for each in measured], "s", INDEX_CPU_LIMIT)
    line("size MB", [size_of(latest[name]) / 1e6 for name in names], "MB", INDEX_SIZE_LIMIT)
    line("peak memory MB", [max(one.memory_mb for one in each) for each in measured], "MB",
         INDEX_MEMORY_LIMIT_MB, limit_is_ratio=False)
    if with_names:
        floor_cpu, morgue_cpu, cpu = (median([one.cpu for one in each]) for each in [*measured, with_names])
        line("names, CPU s more", [floor_cpu, cpu - morgue_cpu], "s", NAMES_CPU_LIMIT)
        more = max(one.memory_mb for one in with_names) - max(one.memory_mb for one in measured[1])
        over = more > NAMES_MEMORY_LIMIT_MB
        passed.extend(["names, memory"] if over else [])
        print(f"{'names, memory MB more':<32}{more:>10.2f}   {'OVER' if over else 'ok'} (limit {NAMES_MEMORY_LIMIT_MB} MB)")

    head(f"query, CPU ms ({asked.starts})")
    memory, hits = [[] for _ in programs], []
    medians = [[] for _ in programs]
    for name, for_floor, for_morgue in QUERIES:
        commands = [[programs[0], "search", latest["floor"], for_floor]]
        if len(programs) == 2:
            commands.append([programs[1], "search", *for_morgue, "--index", latest["morgue"]])
        hits.append((name, shown(commands)))
        turns = [(list, command) for command in commands]
        take_turns(turns, 2)
        measured = take_turns(turns, asked.starts)
        for which, each in enumerate(measured):
            memory[which].append(memory_mb(commands[which]))
            medians[which].append(median([one.cpu for one in each]) * 1000)
        line(name, [each[-1] for each in medians], "ms", QUERY_CPU_LIMIT)
    line("median of all", [median(each) for each in medians], "ms", QUERY_CPU_LIMIT)
    line("peak memory MB", [max(each) for each in memory], "MB", QUERY_MEMORY_LIMIT_MB, limit_is_ratio=False)
    empty = median([run(["/bin/true"]).cpu for _ in range(asked.starts)]) * 1000
    print(f"\nOf each query {empty:.2f} ms is the start of any process (`/bin/true`).")
    if not os.access("/usr/bin/time", os.X_OK):
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"Without /usr/bin/time no process shows less memory than this script, {own:.0f} MB.")
    for name, counts in hits:
        if len(set(counts)) > 1 or 0 in counts:
            print(f"note: `{name}` shows {' and '.join(map(str, counts))} hits")
    return 1 if asked.enforce and passed else 0


def shown(commands):
    """How many hits each program shows: a fast answer with none in it would be no answer."""
    counts = [len(re.findall(r"^\d+\. ", output(commands[0]), re.M))]
    for command in commands[1:]:
        counts.append(len(json.loads(output([*command, "--format", "json"]))["hits"]))
    return counts


def output(command):
    return subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout


if __name__ == "__main__":
    sys.exit(main())
