// Case by case: no case touches another, so each is played to its end by itself, without a clock. With -DAPART
// each case draws from a seed of its own, so that what happens in one moves no number of the next, in
// either arm: what addressed random numbers do for every draw.
#include "common.h"

static void play_case(int culprit, int forum, double *out) {
  Case k = new_case(culprit, 0);
  for (double now = 0; now < k.closes; now += exponential(p.gap)) {
    piece(&k);
    if (now == 0 && forum) ask(&k);
    int step = decide(&k, out);
    if (step && reply_to(step) >= PUBLIC) out[REPLIES]++;
  }
}

#ifdef APART
static void play_one(int culprit, int forum, double *out) {
  uint64_t world[4];
  memcpy(world, rng, sizeof rng);
  seed(rng[0]);
  play_case(culprit, forum, out);
  memcpy(rng, world, sizeof rng);
}
#else
#define play_one play_case
#endif

static void play(int forum, double *out) {
  for (int c = 0; c < SOURCES; c++)
    for (double t = p.first + exponential(1 / p.rate[c]); t < p.horizon; t += exponential(1 / p.rate[c])) {
      if (uniform() >= p.discovered) continue;
      double found = t + lognormal(p.delay);
      if (found < 0 || found > p.horizon) continue;
      out[INCIDENTS]++;
      play_one(c, forum, out);
    }
}

int main(int argc, char **argv) { return run(argc, argv); }
