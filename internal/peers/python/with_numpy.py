"""numpy: all cases of a batch of replicates at once, in arrays; a loop over pieces of evidence, no clock.

What is drawn for the world, for the forum and for replies comes from three generators, so that the arms of
a batch that begin with the same seed meet the same cases."""

import sys

import numpy as np

from world import PUBLIC, Parameters

BATCH = 4000  # replicates


def at_uniform(p, scores, u):
    """Rungs at uniform numbers of the logits over scored rungs, a column a case."""
    cumulative = np.cumsum(np.exp(p.rationality * (scores - scores.max(axis=0))), axis=0)
    return (cumulative[:-1] <= u * cumulative[-1]).sum(axis=0)


def steps_at(p, belief, desired, u):
    """The victim's rungs at beliefs in the guilt of its targets."""
    wanted, doubt = belief * desired, p.innocence * (1 - belief)
    return at_uniform(p, p.act[:, None] - p.goal * np.abs(p.level[:, None] - wanted) - doubt * p.harm[:, None], u)


def incidents(p, random, replicates):
    """Replicate and culprit of the incidents that are discovered in time."""
    span, rate = p.horizon - p.first, p.rate.sum()
    of = np.repeat(np.arange(replicates), random.poisson(rate * span, replicates))
    culprit = random.choice(3, of.size, p=p.rate / rate)
    found = random.uniform(p.first, p.horizon, of.size) + random.lognormal(*p.delay, of.size)
    known = (random.random(of.size) < p.discovered) & (found >= 0) & (found <= p.horizon)
    return of[known], culprit[known]


def learn(p, random, weight, culprit):
    """One piece of evidence a case points at a source."""
    other = (culprit + random.integers(1, 3, culprit.size)) % 3
    points = np.where(random.random(culprit.size) < p.skill, culprit, other)
    weight *= np.where(np.arange(3)[:, None] == points, p.skill, (1 - p.skill) / 2)


def ask(p, random, weight, culprit):
    """Puts the question to the targets that are in the forum and are reached, and learns from the answers."""
    who = (weight[1] > weight[0]).astype(int)
    asked = (p.member[who] > 0) & (random.random(who.size) < p.asked)
    odds = np.where(culprit == who, p.guilty[:, None], p.innocent[:, None]).cumsum(axis=0)
    answer = (random.random(who.size) >= odds[:-1]).sum(axis=0)
    like = np.where(np.arange(3)[:, None] == who, p.guilty[answer], p.innocent[answer])
    weight *= np.where(asked, like, 1)


def play(p, seed, forum, replicates):
    """Outcomes by replicate, in one arm."""
    world, in_forum, replying = np.random.default_rng(seed).spawn(3)
    of, culprit = incidents(p, world, replicates)
    out = [np.bincount(of, minlength=replicates)]
    choice, length = world.random(of.size), world.exponential(p.length, of.size)
    desired = np.minimum(p.desire[1], p.desire[0] * np.minimum(10, world.lognormal(*p.severity, of.size)))
    weight = np.repeat(p.rate[:, None], of.size, axis=1)
    highest, now = np.zeros(of.size, int), np.zeros(of.size)
    stepped, erred, steps = [], [], []
    while of.size:
        learn(p, world, weight, culprit)
        if forum and not stepped:
            ask(p, in_forum, weight, culprit)
        who = (weight[1] > weight[0]).astype(int)
        belief = np.maximum(weight[0], weight[1]) / weight.sum(axis=0)
        rung = steps_at(p, belief, desired, choice)
        hard = (rung > highest) & (rung >= PUBLIC)
        first = np.flatnonzero(hard & (highest < PUBLIC))
        known = steps_at(p, (culprit == who)[first].astype(float), desired[first], choice[first])
        stepped.append(of[hard])
        steps.append(rung[hard])
        erred.append(of[first[known < PUBLIC]])
        highest = np.maximum(highest, rung)
        now += world.exponential(p.gap, of.size)
        on = now < length
        of, culprit, choice, length, desired, highest, now = (
            x[on] for x in (of, culprit, choice, length, desired, highest, now))
        weight = weight[:, on]
    stepped = np.concatenate(stepped)
    wanted = p.ratio * p.level[np.concatenate(steps)]
    reply = at_uniform(p, p.answer[:, None] - p.goal * np.abs(p.level[:, None] - wanted), replying.random(wanted.size))
    out += [np.bincount(x, minlength=replicates) for x in (stepped, np.concatenate(erred), stepped[reply >= PUBLIC])]
    return np.stack(out, axis=1)


def main():
    p = Parameters(sys.argv[1])
    replicates, seed = int(sys.argv[2]), int(sys.argv[3])
    for name, x in vars(p).items():
        if isinstance(x, list):
            setattr(p, name, np.array(x))
    rows = []
    for n in range(0, replicates, BATCH):
        size = min(BATCH, replicates - n)
        arms = [play(p, [seed, n], forum, size) for forum in range(2)]
        rows.append(np.concatenate(arms, axis=1))
    rows = np.concatenate(rows or [np.zeros((0, 8), int)])
    print(len(rows), *rows.sum(axis=0), *(rows.T @ rows)[np.triu_indices(8)])


if __name__ == "__main__":
    main()
