"""The standard library alone: events wait in a heapq."""

from heapq import heappop, heappush
from itertools import count
from random import Random

from world import INCIDENTS, PUBLIC, REPLIES, SOURCES, Case, delay, reply_to, run


class World:
    """One replicate in one arm."""

    def __init__(self, p, seed, forum, out):
        self.p, self.random, self.forum, self.out = p, Random(seed), forum, out
        self.queue, self.order = [], count()

    def push(self, time, what, *about):
        heappush(self.queue, (time, next(self.order), what, about))

    def play(self):
        for source in SOURCES:
            self.push(self.p.first + self.random.expovariate(self.p.rate[source]), self.arrive, source)
        while self.queue:
            time, _, what, about = heappop(self.queue)
            what(time, *about)

    def arrive(self, now, source):
        p, random = self.p, self.random
        after = now + random.expovariate(p.rate[source])
        if after < p.horizon:
            self.push(after, self.arrive, source)
        if random.random() < p.discovered:
            found = now + delay(p, random)
            if 0 <= found <= p.horizon:
                self.push(found, self.discover, source)

    def discover(self, now, source):
        self.out[INCIDENTS] += 1
        self.learn(now, Case(self.p, self.random, source, now), self.forum)

    def learn(self, now, case, question=False):
        p, random = self.p, self.random
        case.piece(p, random)
        if question:
            case.ask(p, random)
        step = case.decide(p, self.out)
        if step:
            self.push(now + random.expovariate(1 / p.pause), self.reply, step)
        after = now + random.expovariate(1 / p.gap)
        if after < case.closes:
            self.push(after, self.learn, case)

    def reply(self, _, step):
        if reply_to(self.p, self.random, step) >= PUBLIC:
            self.out[REPLIES] += 1


if __name__ == "__main__":
    run(lambda *arguments: World(*arguments).play())
