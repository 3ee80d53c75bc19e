"""Runs the programs of this folder side by side; `.ci/peers` builds them first, and calls this.

    bench.py FOLDER [--seconds S] [--repeats N]

FOLDER has what was built. Every repeat plays every program once, in turn, for about S seconds of processor
time each (more where a program starts slowly); a program's speed is its median. What is measured is the
processor time, user and system, of the whole process, less that of a run of no replicates."""

import argparse
import math
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ["incidents", "steps", "missteps", "replies"]
WIDE = 4  # standard errors that a mean may be off
GOAL = 0.02  # the standard error asked of the paired difference, in missteps per 100 incidents


class Program:
    """One program: its command, and what it has brought so far."""

    def __init__(self, name, command, **env):
        self.name, self.command = name, [str(word) for word in command]
        self.env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1",
                    "OPENBLAS_NUM_THREADS": "1", **env}
        self.speeds, self.total, self.headlines = [], [0] * 45, []

    def run(self, replicates, seed):
        """Plays replicates; returns the processor time and what was printed."""
        command = [w.format(n=replicates, seed=seed, p=HERE / "parameters.txt") for w in self.command]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.env)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{self.name} failed: {' '.join(command)}")
        return usage.ru_utime + usage.ru_stime, [float(x) for x in out.split()]

    def prepare(self, seconds):
        """Measures the start, and how many replicates take the seconds, and twice the start besides, so that its
        noise is small."""
        self.start = statistics.median(self.run(self.least(), 0)[0] for _ in range(5))
        self.size, spent = 50, 0.0
        while spent < self.start + seconds / 4:
            self.size *= 2
            spent = self.run(self.size, 0)[0] - self.start
        self.size = round(self.size * (2 * self.start + seconds) / spent)

    def least(self):
        return 1 if self.whole() else 0

    def whole(self):
        """Whether it prints the summary of a run, and not the tally."""
        return self.command[-1] == "run"

    def repeat(self, seed):
        spent, out = self.run(self.size, seed)
        self.speeds.append(self.size / (spent - self.start))
        if self.whole():
            self.headlines.append(out)
        else:
            self.total = [a + b for a, b in zip(self.total, out)]

    def speed(self):
        return statistics.median(self.speeds)

    def mean(self, i):
        return self.total[1 + i] / self.total[0]

    def second(self, i, j):
        """The mean product of two entries of a row."""
        i, j = min(i, j), max(i, j)
        return self.total[9 + i * 8 - i * (i - 1) // 2 + j - i] / self.total[0]

    def error(self, i):
        """The standard error of a mean."""
        return math.sqrt((self.second(i, i) - self.mean(i) ** 2) / self.total[0])

    def variance(self):
        """Of the difference between the arms in missteps per 100 incidents, per replicate: with independent arms, and
        as the arms are paired. Incidents vary as well: what counts is missteps less their share of the incidents."""
        n = (self.mean(0) + self.mean(4)) / 2
        share = [self.mean(2) / self.mean(0), self.mean(6) / self.mean(4)]

        def product(a, b):
            (k, m), (l, o) = (4 * a, 4 * a + 2), (4 * b, 4 * b + 2)
            return (self.second(m, o) - share[b] * self.second(m, l) - share[a] * self.second(k, o)
                    + share[a] * share[b] * self.second(k, l)) * (100 / n) ** 2

        apart = product(0, 0) + product(1, 1)
        return apart, apart - 2 * product(0, 1)


def programs(folder):
    """Those that were built, in the order of the table."""
    python, tally = folder / "python/bin/python", ["{n}", "{seed}"]
    listed = [
        Program("misstep", [folder / "misstep", *tally], GOMAXPROCS="1"),
        Program("misstep, Go's own GOMAXPROCS", [folder / "misstep", *tally]),
        Program("misstep, a whole run", [folder / "misstep", *tally, "run"], GOMAXPROCS="1"),
        Program("C, case by case", [folder / "case", "{p}", *tally]),
        Program("C, case by case, a seed a case", [folder / "apart", "{p}", *tally]),
        Program("C, a heap of events", [folder / "heap", "{p}", *tally]),
        Program("numpy", [python, HERE / "python/with_numpy.py", "{p}", *tally]),
        Program("NeXosim (Rust)", [folder / "rust/release/peers", "{p}", *tally]),
        Program("simgo (Go)", [folder / "simgo", "{p}", *tally], GOMAXPROCS="1"),
        Program("simgo, Go's own GOMAXPROCS", [folder / "simgo", "{p}", *tally]),
        Program("plain Python", [python, HERE / "python/plain.py", "{p}", *tally]),
        Program("SimPy", [python, HERE / "python/with_simpy.py", "{p}", *tally]),
        Program("Mesa", [python, HERE / "python/with_mesa.py", "{p}", *tally]),
    ]
    for program in listed:
        if not Path(program.command[0]).exists():
            print(f"left out: {program.name}, which was not built")
    return [program for program in listed if Path(program.command[0]).exists()]


def check(listed, exact):
    """Holds every mean to the exact one; returns whether all agree."""
    agree = True
    widest = 0.0
    for program in listed:
        if program.whole():
            want = 100 * (exact[6] / exact[4] - exact[2] / exact[0])
            held = [("the difference", x[3], want, x[4] / 1.96) for x in program.headlines]
        else:
            held = [(f"{NAMES[i % 4]}, arm {i // 4}", program.mean(i), x, program.error(i))
                    for i, x in enumerate(exact)]
        for what, got, want, error in held:
            off = (got - want) / error
            widest = max(widest, abs(off))
            if not abs(off) <= WIDE:
                agree = False
                print(f"{program.name}, {what}: {got:.4f}, want {want:.4f}: {off:+.1f} standard errors")
    print(f"the farthest mean is {widest:.1f} standard errors off, of {WIDE} that are allowed\n")
    return agree


def means(listed, exact):
    print("| | replicates | " + " | ".join(NAMES) + " | " + " | ".join(f"{name}, forum" for name in NAMES) + " |")
    print("|---" * 10 + "|")
    print("| exact | | " + " | ".join(f"{x:.4f}" for x in exact) + " |")
    for program in listed:
        if not program.whole():
            cells = [f"{program.mean(i):.3f} ±{program.error(i):.3f}" for i in range(8)]
            print(f"| {program.name} | {program.total[0]:,.0f} | " + " | ".join(cells) + " |")
    print()


def ratio(x):
    """Two digits, without an exponent."""
    return f"{x:.0f}" if x >= 10 else f"{x:.2g}"


def speeds(listed):
    """The table: speed, and time to the goal."""
    own = listed[0]
    print("| | replicates/s | misstep = 1 | least to most | pairing is worth | "
          f"s to ±{GOAL}, arms apart | as paired | misstep = 1 |")
    print("|---" + "|---:" * 7 + "|")
    goal = own.variance()[1] / GOAL**2 / own.speed()
    for program in listed:
        ratios = [a / b for a, b in zip(program.speeds, own.speeds)]
        cells = [f"{program.speed():,.0f}", ratio(statistics.median(ratios)),
                 f"{ratio(min(ratios))} to {ratio(max(ratios))}"]
        if program.whole():
            cells += ["", "", "", ""]
        else:
            apart, paired = program.variance()
            need = [v / GOAL**2 / program.speed() for v in (apart, paired)]
            cells += [f"{apart / paired:.2f}", *(f"{x:.3g}" for x in need), ratio(need[1] / goal)]
        print(f"| {program.name} | " + " | ".join(cells) + " |")
    print()


def versions():
    """What was measured on what."""
    def says(*command):
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0].strip()
        except (OSError, subprocess.CalledProcessError):
            return f"no {command[0]}"

    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    print(names[0] if names else platform.processor(), f"{os.cpu_count()} processors",
          f"{platform.system()} {platform.release()}", sep="; ")
    print(says("git", "describe", "--always", "--dirty"), says("go", "version"), says("gcc", "--version"),
          says("rustc", "--version"), sep="; ")
    wanted = [line.strip() for line in open(HERE / "python/requirements.txt")]
    wanted += [w.strip() for w in open(HERE / "rust/Cargo.toml") if w.startswith("nexosim")]
    wanted += [w.strip() for w in open(HERE / "simgo/go.mod") if "simgo v" in w]
    print(f"Python {platform.python_version()}", *wanted, sep="; ", end="\n\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    versions()
    exact = [float(x) for x in subprocess.check_output([options.folder / "misstep", "exact"], text=True).split()]
    listed = programs(options.folder)
    for program in listed:
        program.prepare(options.seconds)
    for repeat in range(options.repeats):
        for program in listed:
            program.repeat(repeat + 1)
    means(listed, exact)
    speeds(listed)
    sys.exit(not check(listed, exact))


if __name__ == "__main__":
    main()
