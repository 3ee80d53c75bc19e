"""Mesa: sources, the victim's cases and states are agents; the simulator of events moves the clock."""

import warnings

import mesa
from mesa.experimental.devs import DEVSimulator

from world import INCIDENTS, PUBLIC, REPLIES, SOURCES, Case, delay, reply_to, run

END = 1e12  # days by which every case is closed


class Source(mesa.Agent):
    """Starts incidents, and replies to steps against it."""

    def __init__(self, model, culprit):
        super().__init__(model)
        self.culprit = culprit
        self.wait()

    def wait(self):
        gap = self.random.expovariate(self.model.p.rate[self.culprit])
        if self.model.now + gap < self.model.p.horizon:
            self.model.after(gap, self.arrive)

    def arrive(self):
        model, p = self.model, self.model.p
        self.wait()
        if self.random.random() < p.discovered:
            hidden = delay(p, self.random)
            if 0 <= model.now + hidden <= p.horizon:
                model.after(hidden, Incident(model, self.culprit).discover)

    def reply(self, step):
        if reply_to(self.model.p, self.random, step) >= PUBLIC:
            self.model.out[REPLIES] += 1


class Incident(mesa.Agent):
    """One incident, and the victim's case of it."""

    def __init__(self, model, culprit):
        super().__init__(model)
        self.culprit = culprit

    def discover(self):
        self.model.out[INCIDENTS] += 1
        self.case = Case(self.model.p, self.random, self.culprit, self.model.now)
        self.learn(self.model.forum)

    def learn(self, question=False):
        model, case = self.model, self.case
        case.piece(model.p, self.random)
        if question:
            case.ask(model.p, self.random)
        step = case.decide(model.p, model.out)
        if step:
            accused = model.sources[case.target()]
            model.after(self.random.expovariate(1 / model.p.pause), accused.reply, step)
        gap = self.random.expovariate(1 / model.p.gap)
        if model.now + gap < case.closes:
            model.after(gap, self.learn)
        else:
            self.remove()


class World(mesa.Model):
    """One replicate in one arm. The clock of the simulator begins at 0, when onset does."""

    def __init__(self, p, seed, forum, out, simulator):
        super().__init__(seed=seed)
        self.p, self.forum, self.out, self.simulator = p, forum, out, simulator
        simulator.setup(self)
        self.sources = [Source(self, culprit) for culprit in SOURCES]

    @property
    def now(self):
        return self.simulator.time + self.p.first

    def after(self, days, what, *about):
        self.simulator.schedule_event_relative(what, days, function_args=list(about))


def play(p, seed, forum, out):
    simulator = DEVSimulator()
    World(p, seed, forum, out, simulator)
    simulator.run_until(END)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=FutureWarning)
    run(play)
