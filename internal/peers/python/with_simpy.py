"""SimPy: each source, each case and each reply is a process that waits for timeouts."""

from random import Random

import simpy

from world import INCIDENTS, PUBLIC, REPLIES, SOURCES, Case, delay, reply_to, run


def source(env, p, random, culprit, forum, out):
    """Starts incidents. The clock begins when onset does, p.first before the start."""
    while True:
        yield env.timeout(random.expovariate(p.rate[culprit]))
        if env.now >= p.horizon:
            return
        if random.random() < p.discovered:
            hidden = delay(p, random)
            if 0 <= env.now + hidden <= p.horizon:
                env.process(incident(env, p, random, culprit, hidden, forum, out))


def incident(env, p, random, culprit, hidden, forum, out):
    """One incident from its onset to the close of its case."""
    yield env.timeout(hidden)
    out[INCIDENTS] += 1
    case = Case(p, random, culprit, env.now)
    question = forum
    while True:
        case.piece(p, random)
        if question:
            case.ask(p, random)
        question = False
        step = case.decide(p, out)
        if step:
            env.process(reply(env, p, random, step, out))
        gap = random.expovariate(1 / p.gap)
        if env.now + gap >= case.closes:
            return
        yield env.timeout(gap)


def reply(env, p, random, step, out):
    """The accused answers after a while."""
    yield env.timeout(random.expovariate(1 / p.pause))
    if reply_to(p, random, step) >= PUBLIC:
        out[REPLIES] += 1


def play(p, seed, forum, out):
    env, random = simpy.Environment(initial_time=p.first), Random(seed)
    for culprit in SOURCES:
        env.process(source(env, p, random, culprit, forum, out))
    env.run()


if __name__ == "__main__":
    run(play)
