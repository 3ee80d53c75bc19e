"""What the Python programs share: the parameters, one case, choices, and the tally."""

import math
import sys
from itertools import accumulate

SOURCES, PUBLIC, ARMS = range(3), 3, 2
INCIDENTS, STEPS, MISSTEPS, REPLIES = range(4)  # of an arm


class Parameters:
    """Numbers by name; those that are a single one are no list."""

    def __init__(self, path):
        with open(path) as file:
            for line in file:
                name, *numbers = line.split()
                numbers = [float(x) for x in numbers]
                setattr(self, name, numbers if len(numbers) > 1 else numbers[0])
        self.rungs = list(zip(self.level, self.harm, self.act))
        self.replies = list(zip(self.level, self.answer))
        self.length = self.case


def at_uniform(p, scores, u):
    """The rung at a uniform number of the logit over scored rungs."""
    best = max(scores)
    cumulative = list(accumulate([math.exp(p.rationality * (x - best)) for x in scores]))
    at = u * cumulative[-1]
    for rung, c in enumerate(cumulative):
        if at < c:
            return rung
    return len(scores) - 1


def step_at(p, belief, desired, u):
    """The victim's rung at a belief in the guilt of its target."""
    wanted, doubt = belief * desired, p.innocence * (1 - belief)
    return at_uniform(p, [a - p.goal * abs(level - wanted) - doubt * harm for level, harm, a in p.rungs], u)


def reply_to(p, random, step):
    """The rung of the accused's reply to a step."""
    wanted = p.ratio * p.level[step]
    return at_uniform(p, [a - p.goal * abs(level - wanted) for level, a in p.replies], random.random())


def delay(p, random):
    """The days to discovery."""
    return random.lognormvariate(*p.delay)


class Case:
    """The victim's side of an incident."""

    def __init__(self, p, random, culprit, now=0.0):
        self.culprit, self.highest = culprit, 0
        self.closes = now + random.expovariate(1 / p.length)
        self.choice = random.random()
        self.desired = min(p.desire[1], p.desire[0] * min(10, random.lognormvariate(*p.severity)))
        self.weight = list(p.rate)  # of the posterior

    def piece(self, p, random):
        """One piece of evidence points at a source."""
        points = self.culprit
        if random.random() >= p.skill:
            points = (points + 1 + (random.random() < 0.5)) % 3
        for c in SOURCES:
            self.weight[c] *= p.skill if c == points else (1 - p.skill) / 2

    def target(self):
        """The state that is suspected most; the third source is no state."""
        return int(self.weight[1] > self.weight[0])

    def ask(self, p, random):
        """Puts the question to the target, if it is in the forum and is reached, and learns from the answer."""
        who = self.target()
        if not p.member[who] or random.random() >= p.asked:
            return
        odds = p.guilty if self.culprit == who else p.innocent
        u = random.random()
        a = 0 if u < odds[0] else 1 if u < odds[0] + odds[1] else 2
        for c in SOURCES:
            self.weight[c] *= p.guilty[a] if c == who else p.innocent[a]

    def decide(self, p, out):
        """Takes a step, if the rung at the case's uniform number is above the highest yet; returns the step
        if it is to be answered, else 0."""
        who, before = self.target(), self.highest
        rung = step_at(p, self.weight[who] / sum(self.weight), self.desired, self.choice)
        if rung <= before:
            return 0
        self.highest = rung
        if rung < PUBLIC:
            return 0
        out[STEPS] += 1
        if before < PUBLIC and step_at(p, self.culprit == who, self.desired, self.choice) < PUBLIC:
            out[MISSTEPS] += 1
        return rung


def run(play):
    """Plays replicates, both arms of one with the same seed, and prints sums and sums of products."""
    path, replicates, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    p = Parameters(path)
    rows = []
    for n in range(replicates):
        row = []
        for forum in range(ARMS):
            out = [0] * 4
            play(p, seed * 1000003 + n, forum, out)
            row += out
        rows.append(row)
    print_tally(rows)


def print_tally(rows):
    """Prints the count, the sums, and the products of each pair once."""
    columns = list(zip(*rows)) or [()] * 8
    products = [sum(x * y for x, y in zip(columns[i], columns[j])) for i in range(8) for j in range(i, 8)]
    print(len(rows), *map(sum, columns), *products)
