"""The search of viterbi.py with words: a path is a row of words of the lexicon (word_lexicon.py), pauses, and stretches of phones that are no word.

A token is a history (the word before, the beginning of a sentence, or unknown) and a node of the lexicon's tree: 0 is a pause, nodes past the tree are
contexts of the phone grammar. Beside what viterbi.py scores, a path gets wordScale * ln P(word | history) + wordBonus for each word, pauseBonus for a
pause or wordScale * ln P(end of the sentence) for one that ends it, and unknownBonus where phones that are no word begin: those follow the phone grammar,
silences among them, until a word begins. While a word is not told from others yet, its likeliest continuation stands for it. core/speech/wordSearch.ts does the same.
"""
import numba
import numpy as np

# what is this far behind the best path of its frame is given up; a path is left for another phone only when it is no further behind than that
BEAM, LEAVING_BEAM = 18.0, 16.0
LOOKAHEAD_SLACK = 8.0            # how much further behind a phone may be, its first frames counted
NOTHING = np.float32(-1e30)
SLOTS = 1 << 19                                                 # of the table of tokens; half of them may be taken


@numba.njit(cache=True)
def pair_log_prob(history, word, lexicon):
    child, phone, end, words, ahead, single, back, row, second, pair = lexicon
    low, high = row[history], row[history + 1]
    while low < high:
        middle = (low + high) // 2
        if second[middle] < word:
            low = middle + 1
        else:
            high = middle
    return pair[low] if low < row[history + 1] and second[low] == word else back[history] + single[word]


@numba.njit(cache=True)
def find(key, table, keys):
    """Where a token is in the table, or the free slot where it would be."""
    slot = (key * np.int64(2654435761)) >> np.int64(12) & np.int64(SLOTS - 1)
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & (SLOTS - 1)
    return slot


@numba.njit(cache=True)
def enter(key, value, record, count, table, keys, slots, at, entered, entered_from):
    """A way into a token; -> how many tokens there are."""
    slot = find(key, table, keys)
    token = table[slot]
    if token < 0:
        if count == len(keys):
            return count
        token = table[slot] = count
        keys[token], slots[token], at[token, :], entered[token] = key, slot, NOTHING, NOTHING
        count += 1
    if value > entered[token]:
        entered[token], entered_from[token] = value, record
    return count


@numba.njit(cache=True)
def search(score, lexicon, grammar_phone, grammar_cost, after, word_start, stay, leave, m, word_scale, word_bonus, pause_bonus, unknown_bonus):
    """lexicon: the arrays `pair_log_prob` names; grammar_cost[context, next] with what leaving costs, word_start[phone] without -> [(phone, first, end)]"""
    child, phone, end_of, words, ahead, single, back, row, second, pair = lexicon
    t_max, nodes, sentence = len(score), len(phone), len(single) - 1
    unknown = sentence + 1
    span = np.int64(nodes + len(grammar_phone))
    table, size = np.full(SLOTS, -1, np.int32), SLOTS // 2
    keys, slots = np.zeros(size, np.int64), np.zeros(size, np.int32)
    at, record = np.empty((size, m), np.float32), np.zeros((size, m), np.int32)
    entered, entered_from = np.empty(size, np.float32), np.zeros(size, np.int32)
    ended, ended_at, endings = np.full(unknown + 1, NOTHING, np.float32), np.zeros(unknown + 1, np.int32), np.empty(unknown + 1, np.int64)
    begun, begun_at, beginnings = np.full(unknown + 1, NOTHING, np.float32), np.zeros(unknown + 1, np.int32), np.empty(unknown + 1, np.int64)
    parents, phones, frames = [0], [0], [0]
    count = 0
    look = np.zeros(40, np.float32)
    for t in range(t_max):
        best = NOTHING
        for a in range(count):
            best = max(best, at[a, m - 1])
        look[:] = 0
        for f in range(t, min(t_max, t + m)):
            look += score[f]
        most = look.max()
        least = best + most - LEAVING_BEAM - LOOKAHEAD_SLACK
        ending = beginning = 0
        if t == 0:
            least, ended[sentence], endings[0], ending = NOTHING, 0, sentence, 1
        for a in range(count):
            value, source = at[a, m - 1], record[a, m - 1]
            if value < best - LEAVING_BEAM or value == NOTHING:
                continue
            history = keys[a] // span
            node = keys[a] - history * span
            if node >= nodes:
                context = node - nodes
                for k in range(40):
                    c = value + grammar_cost[context, k]
                    if c + look[k] >= least:
                        count = enter(history * span + nodes + after[context, k], c, source, count, table, keys, slots, at, entered, entered_from)
                c = value + leave[grammar_phone[context]]
                if grammar_phone[context] != 0 and c > ended[unknown]:
                    if ended[unknown] == NOTHING:
                        endings[ending] = unknown
                        ending += 1
                    ended[unknown], ended_at[unknown] = c, source
                continue
            value += leave[phone[node]]
            if node == 0:
                if value > begun[history]:
                    if begun[history] == NOTHING:
                        beginnings[beginning] = history
                        beginning += 1
                    begun[history], begun_at[history] = value, source
                continue
            for to in range(child[node], child[node + 1]):
                c = value + word_scale * (ahead[to] - ahead[node])
                if c + look[phone[to]] >= least:
                    count = enter(history * span + to, c, source, count, table, keys, slots, at, entered, entered_from)
            for w in range(end_of[node], end_of[node + 1]):
                word = words[w]
                c = value + word_scale * (pair_log_prob(history, word, lexicon) - ahead[node]) + word_bonus
                if c + most >= least and c > ended[word]:
                    if ended[word] == NOTHING:
                        endings[ending] = word
                        ending += 1
                    ended[word], ended_at[word] = c, source
        # after a word: a pause, or the next word at once
        for e in range(ending):
            word = endings[e]
            value, source = ended[word], ended_at[word]
            ended[word] = NOTHING
            if value + pause_bonus + look[0] >= least:
                count = enter(word * span, value + pause_bonus, source, count, table, keys, slots, at, entered, entered_from)
            stop = value + word_scale * pair_log_prob(word, sentence, lexicon)
            if word != sentence and stop + look[0] >= least:
                count = enter(sentence * span, stop, source, count, table, keys, slots, at, entered, entered_from)
            if value > begun[word]:
                if begun[word] == NOTHING:
                    beginnings[beginning] = word
                    beginning += 1
                begun[word], begun_at[word] = value, source
        best, best_at = NOTHING, 0
        for b in range(beginning):
            history = beginnings[b]
            value, source = begun[history], begun_at[history]
            begun[history] = NOTHING
            if value > best:
                best, best_at = value, source
            for to in range(child[0], child[1]):
                c = value + word_scale * ahead[to]
                if c + look[phone[to]] >= least:
                    count = enter(history * span + to, c, source, count, table, keys, slots, at, entered, entered_from)
        for k in range(1, 40):
            c = best + unknown_bonus + word_start[k]
            if c + look[k] >= least and best > NOTHING:
                count = enter(unknown * span + nodes + after[0, k], c, best_at, count, table, keys, slots, at, entered, entered_from)
        best = NOTHING
        for a in range(count):
            node = keys[a] % span
            p = grammar_phone[node - nodes] if node >= nodes else phone[node]
            repeat, repeat_record = at[a, m - 1] + stay[p], record[a, m - 1]
            for i in range(m - 1, 0, -1):
                at[a, i], record[a, i] = at[a, i - 1], record[a, i - 1]
            at[a, 0] = NOTHING
            if repeat >= at[a, m - 1]:
                at[a, m - 1], record[a, m - 1] = repeat, repeat_record
            if entered[a] > at[a, 0]:
                at[a, 0], record[a, 0] = entered[a], -1 - entered_from[a]       # a record is made when the entry survives
            for i in range(m):
                at[a, i] += score[t, p]
                best = max(best, at[a, i])
        for a in range(count):
            table[slots[a]] = -1
        kept = 0
        for a in range(count):
            node, alive = keys[a] % span, False
            for i in range(m):
                if at[a, i] < best - BEAM:
                    at[a, i] = NOTHING
                    continue
                alive = True
                if record[a, i] < 0:
                    parents.append(-1 - record[a, i])
                    phones.append(grammar_phone[node - nodes] if node >= nodes else phone[node])
                    frames.append(t)
                    record[a, i] = len(parents) - 1
            if alive:
                keys[kept], at[kept], record[kept], entered[kept] = keys[a], at[a], record[a], NOTHING
                slots[kept] = find(keys[kept], table, keys)
                table[slots[kept]] = kept
                kept += 1
        count = kept
    # the best path that is through with its last phone, its last word told from the others if it is one
    best, last = NOTHING, 0
    for i in range(m - 1, -1, -1):
        for a in range(count):
            value = at[a, i]
            history = keys[a] // span
            node = keys[a] - history * span
            if 0 < node < nodes and value > NOTHING:
                likeliest = ahead[node] - 100                   # it breaks off in the middle of a word: only if there is no other
                for w in range(end_of[node], end_of[node + 1]):
                    likeliest = max(likeliest, pair_log_prob(history, words[w], lexicon))
                value += word_scale * (likeliest - ahead[node]) + word_bonus
            if value > best:
                best, last = value, record[a, i]
        if last > 0:
            break
    out, end = [(0, 0, 0)], t_max
    while last > 0:
        out.append((phones[last], frames[last], end))
        end, last = frames[last], parents[last]
    return out[:0:-1]
