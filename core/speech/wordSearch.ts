import {
  BEAM,
  LEAVING_BEAM,
  lookAhead,
  LOOKAHEAD_SLACK,
  searchScores,
  shortest,
  type PhoneSpan,
  type SearchCosts,
} from './phoneSearch';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import { TokenTable } from './tokenTable';
import type { WordLexicon } from './wordLexicon';

/** A phone, and what a search that starts with it would have before it; null inside a word. */
export interface SearchedSpan extends PhoneSpan {
  readonly history: number | null;
}

const COUNT = PHONEMES.length;
const SILENCE = 0;
const NOTHING = -1e30;
/** A path that breaks off in the middle of a word is taken only if there is no other. */
const BROKEN_OFF = -100;

/**
 * Beam search over frames first..end for a row of words of the lexicon, pauses, and stretches of phones that are no word; the same as
 * training/word_search.py, which documents the score. A token is a history and a node of the lexicon's tree: 0 is a pause, nodes past the
 * tree are contexts of the phone grammar (history unknown).
 * @param history what stands before `first`: `lexicon.sentence` where a line begins
 */
export function searchWords(
  posteriors: Posteriors,
  costs: SearchCosts,
  lexicon: WordLexicon,
  first: number,
  end: number,
  history: number,
): SearchedSpan[] {
  const scores = searchScores(posteriors, costs, first, end);
  const frames = end - first;
  if (frames < costs.minFrames) return [{ ...shortest(scores, first, end), history }];
  const beam = new WordBeam(costs, lexicon, scores, frames);
  beam.begin(history);
  for (let frame = 1; frame < frames; frame++) beam.step(frame);
  return beam.path().map((span) => ({ ...span, firstFrame: first + span.firstFrame, endFrame: first + span.endFrame }));
}

class WordBeam {
  private readonly tokens: TokenTable;
  /** Of this frame, by the word that has just ended (or `sentence`, `unknown`): the best path, before a pause or without one. */
  private readonly ended: BestPaths;
  /** The same where a word may begin: after a pause too. */
  private readonly begun: BestPaths;
  /** Phones of the paths: the one before, history, node and first frame; 0 is the beginning. */
  private readonly parent = [0];
  private readonly history = [0];
  private readonly node = [0];
  private readonly frame = [0];
  /** Of this frame: a way in must be at least this good, its first frames counted. */
  private least = NOTHING;
  private ahead: Float32Array = new Float32Array(COUNT);
  private mostAhead = 0;

  constructor(
    private readonly costs: SearchCosts,
    private readonly lexicon: WordLexicon,
    private readonly scores: Float32Array,
    private readonly frames: number,
  ) {
    this.tokens = new TokenTable(costs.minFrames);
    this.ended = new BestPaths(lexicon.unknown + 1);
    this.begun = new BestPaths(lexicon.unknown + 1);
  }

  begin(history: number): void {
    this.look(0);
    this.least = NOTHING;
    this.ended.offer(history, 0, 0);
    this.goOn();
    this.moveOn(0);
  }

  step(frame: number): void {
    const { tokens } = this;
    const { minFrames } = this.costs;
    this.look(frame);
    let best = NOTHING;
    for (let token = 0; token < tokens.count; token++) best = Math.max(best, tokens.at[(token + 1) * minFrames - 1]);
    this.least = best + this.mostAhead - LEAVING_BEAM - LOOKAHEAD_SLACK;
    const count = tokens.count;
    for (let token = 0; token < count; token++) {
      const score = tokens.at[(token + 1) * minFrames - 1];
      if (score < best - LEAVING_BEAM || score <= NOTHING) continue;
      const from = tokens.entry[(token + 1) * minFrames - 1];
      if (tokens.node[token] >= this.lexicon.nodeCount) this.leaveUnknown(tokens.node[token], score, from);
      else this.leaveNode(tokens.history[token], tokens.node[token], score, from);
    }
    this.goOn();
    this.moveOn(frame);
  }

  private look(frame: number): void {
    this.ahead = lookAhead(this.scores, frame, this.frames, this.costs.minFrames);
    this.mostAhead = this.ahead.reduce((most, value) => Math.max(most, value));
  }

  /** From a phone that belongs to no word: another such phone, or the end of what is no word. */
  private leaveUnknown(node: number, score: number, from: number): void {
    const { grammar, leave, weights } = this.costs;
    const { nodeCount, unknown } = this.lexicon;
    const context = node - nodeCount;
    const left = score + leave[grammar.lastPhone[context]];
    for (let phone = 0; phone < COUNT; phone++) {
      const value = left + weights.grammarScale * grammar.logProb(context, phone);
      if (value + this.ahead[phone] < this.least) continue;
      this.tokens.enter(unknown, nodeCount + grammar.next(context, phone), value, from);
    }
    if (grammar.lastPhone[context] !== SILENCE) this.ended.offer(unknown, left, from);
  }

  /** From a phone of a word or a pause: the word's next phones, or its end. */
  private leaveNode(history: number, node: number, score: number, from: number): void {
    const { leave } = this.costs;
    const { wordScale, wordBonus } = this.costs.weights;
    const { child, end, words, phone, ahead } = this.lexicon;
    const left = score + leave[phone[node]];
    if (node === 0) {
      this.begun.offer(history, left, from);
      return;
    }
    for (let to = child[node]; to < child[node + 1]; to++) {
      const value = left + wordScale * (ahead[to] - ahead[node]);
      if (value + this.ahead[phone[to]] >= this.least) this.tokens.enter(history, to, value, from);
    }
    for (let i = end[node]; i < end[node + 1]; i++) {
      const value = left + wordScale * (this.lexicon.logProb(history, words[i]) - ahead[node]) + wordBonus;
      if (value + this.mostAhead >= this.least) this.ended.offer(words[i], value, from);
    }
  }

  /** After a word: a pause, the end of the sentence, the next word at once, or phones that are no word. */
  private goOn(): void {
    const { weights, grammar } = this.costs;
    const { child, phone, ahead, sentence, unknown, nodeCount } = this.lexicon;
    this.ended.take((word, score, from) => {
      const pause = score + weights.pauseBonus;
      if (pause + this.ahead[SILENCE] >= this.least) this.tokens.enter(word, 0, pause, from);
      const stop = score + weights.wordScale * this.lexicon.logProb(word, sentence);
      if (word !== sentence && stop + this.ahead[SILENCE] >= this.least) this.tokens.enter(sentence, 0, stop, from);
      this.begun.offer(word, score, from);
    });
    let best = NOTHING;
    let bestFrom = 0;
    this.begun.take((history, score, from) => {
      if (score > best) [best, bestFrom] = [score, from];
      for (let to = child[0]; to < child[1]; to++) {
        const value = score + weights.wordScale * ahead[to];
        if (value + this.ahead[phone[to]] >= this.least) this.tokens.enter(history, to, value, from);
      }
    });
    if (best <= NOTHING) return;
    for (let next = 1; next < COUNT; next++) {
      const value = best + weights.unknownBonus + weights.grammarScale * grammar.logProb(SILENCE, next);
      if (value + this.ahead[next] < this.least) continue;
      this.tokens.enter(unknown, nodeCount + grammar.next(SILENCE, next), value, bestFrom);
    }
  }

  /** Every token moves on by one state of its phone's chain; those in the last may stay; what is too far behind goes. */
  private moveOn(frame: number): void {
    const { tokens } = this;
    const { minFrames, stay } = this.costs;
    const { at, entry } = tokens;
    let best = NOTHING;
    for (let token = 0; token < tokens.count; token++) {
      const phone = this.phoneOf(tokens.node[token]);
      const first = token * minFrames;
      const last = first + minFrames - 1;
      const repeat = at[last] + stay[phone];
      const repeatEntry = entry[last];
      at.copyWithin(first + 1, first, last);
      entry.copyWithin(first + 1, first, last);
      at[first] = tokens.entered[token];
      // An entry is made only when the token survives this frame.
      entry[first] = -1 - tokens.enteredFrom[token];
      if (repeat >= at[last]) {
        at[last] = repeat;
        entry[last] = repeatEntry;
      }
      for (let state = first; state <= last; state++) {
        at[state] += this.scores[frame * COUNT + phone];
        best = Math.max(best, at[state]);
      }
    }
    tokens.keep((token) => this.survives(token, best - BEAM, frame));
  }

  private survives(token: number, least: number, frame: number): boolean {
    const { at, entry, history, node } = this.tokens;
    let isAlive = false;
    for (let state = token * this.costs.minFrames; state < (token + 1) * this.costs.minFrames; state++) {
      if (at[state] < least) {
        at[state] = NOTHING;
        continue;
      }
      isAlive = true;
      if (entry[state] >= 0) continue;
      this.parent.push(-1 - entry[state]);
      this.history.push(history[token]);
      this.node.push(node[token]);
      this.frame.push(frame);
      entry[state] = this.parent.length - 1;
    }
    return isAlive;
  }

  /** The best path that is through with its last phone, its last word told from the others if it is one. */
  path(): SearchedSpan[] {
    const { tokens } = this;
    let last = 0;
    for (let state = this.costs.minFrames - 1; state >= 0 && last === 0; state--) {
      let best = NOTHING;
      for (let token = 0; token < tokens.count; token++) {
        const at = token * this.costs.minFrames + state;
        if (tokens.at[at] <= NOTHING) continue;
        const score = tokens.at[at] + this.lastWord(tokens.history[token], tokens.node[token]);
        if (score <= best) continue;
        best = score;
        last = tokens.entry[at];
      }
    }
    const spans: SearchedSpan[] = [];
    for (let end = this.frames; last > 0; end = this.frame[last], last = this.parent[last])
      spans.push({
        phone: this.phoneOf(this.node[last]),
        firstFrame: this.frame[last],
        endFrame: end,
        history: this.beginsAt(this.node[last]) ? this.history[last] : null,
      });
    return spans.reverse();
  }

  /** What the end of a path that ends in a node adds to its score. */
  private lastWord(history: number, node: number): number {
    const { end, words, ahead, nodeCount } = this.lexicon;
    if (node === 0 || node >= nodeCount) return 0;
    let likeliest = ahead[node] + BROKEN_OFF;
    for (let i = end[node]; i < end[node + 1]; i++) likeliest = Math.max(likeliest, this.lexicon.logProb(history, words[i]));
    return this.costs.weights.wordScale * (likeliest - ahead[node]) + this.costs.weights.wordBonus;
  }

  /** Whether a node is the first of a word, a pause or part of what is no word. */
  private beginsAt(node: number): boolean {
    return node < this.lexicon.child[1] || node >= this.lexicon.nodeCount;
  }

  private phoneOf(node: number): number {
    const { nodeCount, phone } = this.lexicon;
    return node < nodeCount ? phone[node] : this.costs.grammar.lastPhone[node - nodeCount];
  }
}

/** The best path for each of some numbers, emptied by reading them in the order in which they came. */
class BestPaths {
  private readonly score: Float32Array;
  private readonly from: Int32Array;
  private readonly there: number[] = [];

  constructor(size: number) {
    this.score = new Float32Array(size).fill(NOTHING);
    this.from = new Int32Array(size);
  }

  offer(which: number, score: number, from: number): void {
    if (score <= this.score[which]) return;
    if (this.score[which] === Math.fround(NOTHING)) this.there.push(which);
    this.score[which] = score;
    this.from[which] = from;
  }

  take(each: (which: number, score: number, from: number) => void): void {
    for (const which of this.there) {
      const score = this.score[which];
      this.score[which] = NOTHING;
      each(which, score, this.from[which]);
    }
    this.there.length = 0;
  }
}
