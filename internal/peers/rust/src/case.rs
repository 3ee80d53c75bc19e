//! The parameters, and the victim's side of one incident.

use std::{array, fs, sync::OnceLock};

use rand::RngExt;
use rand_distr::{Distribution, Exp1, LogNormal};
use rand_xoshiro::Xoshiro256Plus;
use serde::{Deserialize, Serialize};

pub const SOURCES: usize = 3;
pub const RUNGS: usize = 10;
pub const PUBLIC: usize = 3;

/// The numbers of parameters.txt.
pub struct Parameters {
    pub horizon: f64,
    pub first: f64,
    pub rate: [f64; SOURCES],
    pub discovered: f64,
    pub delay: LogNormal<f64>,
    pub severity: LogNormal<f64>,
    pub skill: f64,
    pub gap: f64,
    pub length: f64,
    pub rationality: f64,
    pub goal: f64,
    pub innocence: f64,
    pub desire: [f64; 2],
    pub level: [f64; RUNGS],
    pub harm: [f64; RUNGS],
    pub act: [f64; RUNGS],
    pub answer: [f64; RUNGS],
    pub ratio: f64,
    pub pause: f64,
    pub member: [f64; SOURCES],
    pub asked: f64,
    pub guilty: [f64; 3],
    pub innocent: [f64; 3],
}

static PARAMETERS: OnceLock<Parameters> = OnceLock::new();

pub fn p() -> &'static Parameters {
    PARAMETERS.get().expect("parameters are read first")
}

pub fn read_parameters(path: &str) {
    let text = fs::read_to_string(path).expect("a file of parameters");
    let numbers = |name: &str| -> Vec<f64> {
        let line = text.lines().find(|line| line.split(' ').next() == Some(name)).expect(name);
        line.split(' ').skip(1).map(|x| x.parse().expect(name)).collect()
    };
    let one = |name: &str| numbers(name)[0];
    fn several<const N: usize>(x: Vec<f64>) -> [f64; N] {
        x.try_into().expect("as many numbers")
    }
    let lognormal = |name: &str| LogNormal::new(numbers(name)[0], numbers(name)[1]).expect(name);
    let read = Parameters {
        horizon: one("horizon"),
        first: one("first"),
        rate: several(numbers("rate")),
        discovered: one("discovered"),
        delay: lognormal("delay"),
        severity: lognormal("severity"),
        skill: one("skill"),
        gap: one("gap"),
        length: one("case"),
        rationality: one("rationality"),
        goal: one("goal"),
        innocence: one("innocence"),
        desire: several(numbers("desire")),
        level: several(numbers("level")),
        harm: several(numbers("harm")),
        act: several(numbers("act")),
        answer: several(numbers("answer")),
        ratio: one("ratio"),
        pause: one("pause"),
        member: several(numbers("member")),
        asked: one("asked"),
        guilty: several(numbers("guilty")),
        innocent: several(numbers("innocent")),
    };
    PARAMETERS.set(read).ok().expect("read once");
}

pub fn exponential(rng: &mut Xoshiro256Plus, mean: f64) -> f64 {
    let x: f64 = Exp1.sample(rng);
    mean * x
}

/// The rung at a uniform number of the logit over scored rungs.
fn at_uniform(score: &[f64; RUNGS], u: f64) -> usize {
    let best = score.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    let cumulative = score.map(|x| {
        sum += (p().rationality * (x - best)).exp();
        sum
    });
    cumulative.iter().position(|&c| u * sum < c).unwrap_or(RUNGS - 1)
}

/// The victim's rung at a belief in the guilt of its target.
fn step_at(belief: f64, desired: f64, u: f64) -> usize {
    let score = array::from_fn(|r| {
        p().act[r] - p().goal * (p().level[r] - belief * desired).abs() - p().innocence * (1.0 - belief) * p().harm[r]
    });
    at_uniform(&score, u)
}

/// The rung of the accused's reply to a step.
pub fn reply_to(rng: &mut Xoshiro256Plus, step: usize) -> usize {
    let wanted = p().ratio * p().level[step];
    let score = array::from_fn(|r| p().answer[r] - p().goal * (p().level[r] - wanted).abs());
    at_uniform(&score, rng.random())
}

/// The victim's side of an incident.
#[derive(Clone, Serialize, Deserialize)]
pub struct Case {
    culprit: usize,
    highest: usize,
    desired: f64,
    choice: f64,
    pub closes: f64,
    weight: [f64; SOURCES],
}

/// What a decision comes to.
pub struct Step {
    pub rung: usize,
    pub target: usize,
    pub misstep: bool,
}

impl Case {
    pub fn new(rng: &mut Xoshiro256Plus, culprit: usize, now: f64) -> Self {
        let closes = now + exponential(rng, p().length);
        let severity = p().severity.sample(rng).min(10.0);
        let desired = p().desire[1].min(p().desire[0] * severity);
        Case { culprit, highest: 0, desired, choice: rng.random(), closes, weight: p().rate }
    }

    /// One piece of evidence: it points at a source.
    pub fn piece(&mut self, rng: &mut Xoshiro256Plus) {
        let mut points = self.culprit;
        if rng.random::<f64>() >= p().skill {
            points = (points + 1 + usize::from(rng.random::<bool>())) % SOURCES;
        }
        for (c, w) in self.weight.iter_mut().enumerate() {
            *w *= if c == points { p().skill } else { (1.0 - p().skill) / 2.0 };
        }
    }

    /// The state that is suspected most; the third source is no state.
    fn target(&self) -> usize {
        usize::from(self.weight[1] > self.weight[0])
    }

    /// Puts the question to the target, if it is in the forum and is reached, and learns from the answer.
    pub fn ask(&mut self, rng: &mut Xoshiro256Plus) {
        let who = self.target();
        if p().member[who] == 0.0 || rng.random::<f64>() >= p().asked {
            return;
        }
        let odds = if self.culprit == who { p().guilty } else { p().innocent };
        let u: f64 = rng.random();
        let a = if u < odds[0] {
            0
        } else if u < odds[0] + odds[1] {
            1
        } else {
            2
        };
        for (c, w) in self.weight.iter_mut().enumerate() {
            *w *= if c == who { p().guilty[a] } else { p().innocent[a] };
        }
    }

    /// Takes a step, if the rung at the case's uniform number is above the highest yet; one at R3 or above is
    /// returned.
    pub fn decide(&mut self) -> Option<Step> {
        let (who, before) = (self.target(), self.highest);
        let belief = self.weight[who] / self.weight.iter().sum::<f64>();
        let rung = step_at(belief, self.desired, self.choice);
        if rung <= before {
            return None;
        }
        self.highest = rung;
        let truth = f64::from(u8::from(self.culprit == who));
        (rung >= PUBLIC).then(|| Step {
            rung,
            target: who,
            misstep: before < PUBLIC && step_at(truth, self.desired, self.choice) < PUBLIC,
        })
    }
}
