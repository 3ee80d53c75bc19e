// What both C programs share: the parameters, random numbers, choices, and the tally.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCES = 3, STATES = 2, RUNGS = 10, PUBLIC = 3, ANSWERS = 3, OUTCOMES = 4, ARMS = 2 };
enum { INCIDENTS, STEPS, MISSTEPS, REPLIES };  // of an arm

static struct {
  double horizon, first, rate[SOURCES], discovered, delay[2], severity[2], skill, gap, length, rationality, goal,
      innocence, desire[2], level[RUNGS], harm[RUNGS], act[RUNGS], answer[RUNGS], ratio, pause, member[SOURCES], asked,
      guilty[ANSWERS], innocent[ANSWERS];
} p;

// take reads the next line of the file: the name and its numbers.
static void take(FILE *file, const char *name, double *x, int n) {
  char word[32];
  int good = fscanf(file, "%31s", word) == 1 && strcmp(word, name) == 0;
  for (int i = 0; good && i < n; i++) good = fscanf(file, "%lf", &x[i]) == 1;
  if (!good) fprintf(stderr, "want %s and %d numbers\n", name, n), exit(1);
}

static void read_parameters(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) perror(path), exit(1);
  take(file, "horizon", &p.horizon, 1), take(file, "first", &p.first, 1), take(file, "rate", p.rate, SOURCES);
  take(file, "discovered", &p.discovered, 1), take(file, "delay", p.delay, 2), take(file, "severity", p.severity, 2);
  take(file, "skill", &p.skill, 1), take(file, "gap", &p.gap, 1), take(file, "case", &p.length, 1);
  take(file, "rationality", &p.rationality, 1), take(file, "goal", &p.goal, 1);
  take(file, "innocence", &p.innocence, 1), take(file, "desire", p.desire, 2), take(file, "level", p.level, RUNGS);
  take(file, "harm", p.harm, RUNGS), take(file, "act", p.act, RUNGS), take(file, "answer", p.answer, RUNGS);
  take(file, "ratio", &p.ratio, 1), take(file, "pause", &p.pause, 1), take(file, "member", p.member, SOURCES);
  take(file, "asked", &p.asked, 1), take(file, "guilty", p.guilty, ANSWERS);
  take(file, "innocent", p.innocent, ANSWERS);
  fclose(file);
}

// Random numbers: xoshiro256+ of Blackman and Vigna, seeded by splitmix64.
static uint64_t rng[4];

static void seed(uint64_t x) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = x += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    rng[i] = z ^ z >> 31;
  }
}

static double uniform(void) {
  uint64_t out = rng[0] + rng[3], t = rng[1] << 17;
  rng[2] ^= rng[0], rng[3] ^= rng[1], rng[1] ^= rng[2], rng[0] ^= rng[3], rng[2] ^= t;
  rng[3] = rng[3] << 45 | rng[3] >> 19;
  return (out >> 11) * 0x1p-53;
}

static double exponential(double mean) { return -mean * log1p(-uniform()); }

// lognormal draws by the polar method.
static double lognormal(const double *a) {
  double x, y, s;
  do x = 2 * uniform() - 1, y = 2 * uniform() - 1, s = x * x + y * y;
  while (s >= 1 || s == 0);
  return exp(a[0] + a[1] * x * sqrt(-2 * log(s) / s));
}

// at_uniform returns the rung at a uniform number of the logit over scored rungs.
static int at_uniform(const double *score, double u) {
  double best = score[0], sum = 0, cumulative[RUNGS];
  for (int r = 1; r < RUNGS; r++) best = fmax(best, score[r]);
  for (int r = 0; r < RUNGS; r++) cumulative[r] = sum += exp(p.rationality * (score[r] - best));
  int r = 0;
  while (r < RUNGS - 1 && u * sum >= cumulative[r]) r++;
  return r;
}

// step_at is the victim's rung at a belief in the guilt of its target.
static int step_at(double belief, double desired, double u) {
  double score[RUNGS];
  for (int r = 0; r < RUNGS; r++)
    score[r] = p.act[r] - p.goal * fabs(p.level[r] - belief * desired) - p.innocence * (1 - belief) * p.harm[r];
  return at_uniform(score, u);
}

// reply_to is the rung of the accused's reply to a step.
static int reply_to(int step) {
  double score[RUNGS];
  for (int r = 0; r < RUNGS; r++) score[r] = p.answer[r] - p.goal * fabs(p.level[r] - p.ratio * p.level[step]);
  return at_uniform(score, uniform());
}

// Case is the victim's side of an incident.
typedef struct {
  int culprit, highest;
  double desired, choice, closes, weight[SOURCES];  // posterior weights
} Case;

static Case new_case(int culprit, double now) {
  Case k = {.culprit = culprit, .closes = now + exponential(p.length), .choice = uniform()};
  k.desired = fmin(p.desire[1], p.desire[0] * fmin(10, lognormal(p.severity)));
  memcpy(k.weight, p.rate, sizeof k.weight);
  return k;
}

// piece is one piece of evidence: it points at a source.
static void piece(Case *k) {
  int points = k->culprit;
  if (uniform() >= p.skill) points = (points + 1 + (uniform() < 0.5)) % SOURCES;
  for (int c = 0; c < SOURCES; c++) k->weight[c] *= c == points ? p.skill : (1 - p.skill) / 2;
}

static int target(const Case *k) { return k->weight[1] > k->weight[0]; }

// ask puts the question to the target, if it is in the forum and is reached, and learns from the answer.
static void ask(Case *k) {
  int who = target(k);
  if (!p.member[who] || uniform() >= p.asked) return;
  const double *odds = k->culprit == who ? p.guilty : p.innocent;
  double u = uniform();
  int a = u < odds[0] ? 0 : u < odds[0] + odds[1] ? 1 : 2;
  for (int c = 0; c < SOURCES; c++) k->weight[c] *= c == who ? p.guilty[a] : p.innocent[a];
}

// decide takes a step, if the rung at the case's uniform number is above the highest yet; it returns the
// step if it is to be answered, else 0.
static int decide(Case *k, double *out) {
  int who = target(k), guilty = k->culprit == who, before = k->highest;
  double belief = k->weight[who] / (k->weight[0] + k->weight[1] + k->weight[2]);
  int rung = step_at(belief, k->desired, k->choice);
  if (rung <= before) return 0;
  k->highest = rung;
  if (rung < PUBLIC) return 0;
  out[STEPS]++;
  if (before < PUBLIC && step_at(guilty, k->desired, k->choice) < PUBLIC) out[MISSTEPS]++;
  return rung;
}

// play plays one replicate in one arm; each program has its own.
static void play(int forum, double *out);

// run plays replicates, both arms of one with the same seed, and prints sums and sums of products.
static int run(int argc, char **argv) {
  enum { N = ARMS * OUTCOMES };
  double sum[N] = {0}, product[N][N] = {{0}};
  if (argc != 4) return fprintf(stderr, "usage: %s PARAMETERS REPLICATES SEED\n", argv[0]), 1;
  read_parameters(argv[1]);
  long replicates = atol(argv[2]), first = atol(argv[3]) * 1000003;
  for (long n = 0; n < replicates; n++) {
    double out[N] = {0};
    for (int arm = 0; arm < ARMS; arm++) seed(first + n), play(arm, out + arm * OUTCOMES);
    for (int i = 0; i < N; i++) {
      sum[i] += out[i];
      for (int j = i; j < N; j++) product[i][j] += out[i] * out[j];
    }
  }
  printf("%ld", replicates);
  for (int i = 0; i < N; i++) printf(" %.0f", sum[i]);
  for (int i = 0; i < N; i++)
    for (int j = i; j < N; j++) printf(" %.0f", product[i][j]);
  puts("");
  return 0;
}
