//! NeXosim: sources and the victim are models that schedule their own events and send each other messages
//! through ports. A second of the simulator is a day; its clock begins at 0, when onset does.

mod case;

use std::{env, time::Duration};

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, Output, SinkState, event_queue};
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use rand::{RngExt, SeedableRng};
use rand_distr::Distribution;
use rand_xoshiro::Xoshiro256Plus;
use serde::{Deserialize, Serialize};

use case::{Case, PUBLIC, SOURCES, exponential, p, read_parameters, reply_to};

const OUTCOMES: usize = 4;

/// What is counted, in the order of a row.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Outcome {
    Incident,
    Step,
    Misstep,
    Reply,
}

fn days(x: f64) -> Duration {
    Duration::from_secs_f64(x).max(Duration::from_nanos(1))
}

fn now<M: Model>(cx: &Context<M>) -> f64 {
    cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64() + p().first
}

/// Starts incidents, and replies to steps against it.
#[derive(Serialize, Deserialize)]
struct Source {
    culprit: usize,
    rng: Xoshiro256Plus,
    incident: Output<(usize, f64)>,
    counted: Output<Outcome>,
}

#[Model]
impl Source {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.wait(cx);
    }

    fn wait(&mut self, cx: &Context<Self>) {
        let gap = exponential(&mut self.rng, 1.0 / p().rate[self.culprit]);
        if now(cx) + gap < p().horizon {
            cx.schedule_event(days(gap), schedulable!(Self::arrive), ()).unwrap();
        }
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), cx: &Context<Self>) {
        self.wait(cx);
        if self.rng.random::<f64>() < p().discovered {
            let hidden = p().delay.sample(&mut self.rng);
            if (0.0..=p().horizon).contains(&(now(cx) + hidden)) {
                self.incident.send((self.culprit, hidden)).await;
            }
        }
    }

    /// A step against it -- input port.
    fn accused(&mut self, step: usize, cx: &Context<Self>) {
        let pause = exponential(&mut self.rng, p().pause);
        cx.schedule_event(days(pause), schedulable!(Self::reply), step).unwrap();
    }

    #[nexosim(schedulable)]
    async fn reply(&mut self, step: usize) {
        if reply_to(&mut self.rng, step) >= PUBLIC {
            self.counted.send(Outcome::Reply).await;
        }
    }
}

/// Discovers incidents, learns who did them, and takes steps.
#[derive(Serialize, Deserialize)]
struct Victim {
    forum: bool,
    rng: Xoshiro256Plus,
    step: [Output<usize>; 2],
    counted: Output<Outcome>,
}

#[Model]
impl Victim {
    /// An incident that will be discovered -- input port.
    fn incident(&mut self, (culprit, hidden): (usize, f64), cx: &Context<Self>) {
        cx.schedule_event(days(hidden), schedulable!(Self::discover), culprit).unwrap();
    }

    #[nexosim(schedulable)]
    async fn discover(&mut self, culprit: usize, cx: &Context<Self>) {
        self.counted.send(Outcome::Incident).await;
        let case = Case::new(&mut self.rng, culprit, now(cx));
        self.evidence(case, self.forum, cx).await;
    }

    #[nexosim(schedulable)]
    async fn learn(&mut self, case: Case, cx: &Context<Self>) {
        self.evidence(case, false, cx).await;
    }

    async fn evidence(&mut self, mut case: Case, question: bool, cx: &Context<Self>) {
        case.piece(&mut self.rng);
        if question {
            case.ask(&mut self.rng);
        }
        if let Some(step) = case.decide() {
            self.counted.send(Outcome::Step).await;
            if step.misstep {
                self.counted.send(Outcome::Misstep).await;
            }
            self.step[step.target].send(step.rung).await;
        }
        let gap = exponential(&mut self.rng, p().gap);
        if now(cx) + gap < case.closes {
            cx.schedule_event(days(gap), schedulable!(Self::learn), case).unwrap();
        }
    }
}

/// Plays one replicate in one arm.
fn play(seed: u64, forum: bool, out: &mut [f64]) -> Result<(), SimulationError> {
    let mut seeds = Xoshiro256Plus::seed_from_u64(seed);
    let mut rng = || Xoshiro256Plus::from_rng(&mut seeds);
    let mut victim = Victim { forum, rng: rng(), step: Default::default(), counted: Default::default() };
    let mailbox = Mailbox::new();
    let (sink, mut counted) = event_queue(SinkState::Enabled);
    victim.counted.connect_sink(sink.clone());
    let mut bench = SimInit::with_num_threads(1);
    for culprit in 0..SOURCES {
        let mut source = Source { culprit, rng: rng(), incident: Default::default(), counted: Default::default() };
        let own = Mailbox::new();
        source.incident.connect(Victim::incident, &mailbox);
        source.counted.connect_sink(sink.clone());
        if let Some(step) = victim.step.get_mut(culprit) {
            step.connect(Source::accused, &own);
        }
        bench = bench.add_model(source, own, "source");
    }
    bench.add_model(victim, mailbox, "victim").init(MonotonicTime::EPOCH)?.run()?;
    while let Some(outcome) = counted.try_read() {
        out[outcome as usize] += 1.0;
    }
    Ok(())
}

/// Plays replicates, both arms of one with the same seed, and prints sums and sums of products.
fn main() -> Result<(), SimulationError> {
    let args: Vec<String> = env::args().collect();
    let [_, path, replicates, seed] = &args[..] else { panic!("usage: peers PARAMETERS REPLICATES SEED") };
    read_parameters(path);
    let (replicates, seed): (u64, u64) = (replicates.parse().unwrap(), seed.parse().unwrap());
    const N: usize = 2 * OUTCOMES;
    let (mut sum, mut product) = ([0.0; N], [[0.0; N]; N]);
    for n in 0..replicates {
        let mut out = [0.0; N];
        for (forum, arm) in [false, true].into_iter().zip(out.chunks_mut(OUTCOMES)) {
            play(seed * 1_000_003 + n, forum, arm)?;
        }
        for i in 0..N {
            sum[i] += out[i];
            for j in i..N {
                product[i][j] += out[i] * out[j];
            }
        }
    }
    print!("{replicates}");
    for x in sum.iter().chain((0..N).flat_map(|i| &product[i][i..])) {
        print!(" {x}");
    }
    println!();
    Ok(())
}
