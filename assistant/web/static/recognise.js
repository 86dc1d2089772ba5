// Recognises screens exactly as assistant/flow/recognising/identifier.py does (there is said why): the same index, patterns and whole
// numbers, which portable.py hands over as JSON. Nothing in here knows of the page or asks anybody for anything.

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// About a hundred times the binary logarithm of a number from 1 on.
function logarithm(number) {
  const exponent = 31 - Math.clz32(number);
  const power = 2 ** exponent;
  return 100 * exponent + Math.floor((100 * (number - power)) / power);
}

export class Recogniser {
  // `data` is the index as portable.py writes it. Throws SyntaxError in browsers that do not know its regular expressions.
  constructor(data) {
    this.data = data;
    this.rules = data.rules;
    this.patterns = this.#compiled(data.patterns);
    this.known = Object.keys(data.numbers);
    const groups = [...data.entries.map((entry) => entry.phrases), data.elsewhere];
    this.owner = groups.flatMap((phrases, place) => phrases.map(() => place));
    const cut = groups.flat().map((phrase) => this.pieces(phrase));
    this.phrases = new Map();
    cut.forEach((pieces, phrase) => {
      for (const piece of pieces) {
        if (!this.phrases.has(piece)) this.phrases.set(piece, []);
        this.phrases.get(piece).push(phrase);
      }
    });
    this.entries = new Map();
    for (const [piece, has] of this.phrases) {
      this.entries.set(piece, [...new Set(has.map((phrase) => this.owner[phrase]))]);
    }
    this.unseen = logarithm(groups.length + 1);
    this.weight = new Map();
    for (const [piece, has] of this.entries) this.weight.set(piece, this.#weigh(has.length));
    this.size = cut.map((pieces) => sum([...pieces].map((piece) => this.weight.get(piece))));
    this.lean = this.#leanings();
  }

  // The text (NFKC) without what looks like a password or a one-time code, and whether there was any.
  withoutSecrets(text) {
    let rest = this.composed(text);
    let had = false;
    for (const pattern of this.patterns.secrets) {
      const errors = [...rest.matchAll(this.patterns.error)];
      const found = [...rest.matchAll(pattern)].filter((match) => !this.#harmless(match, errors));
      for (const match of found.reverse()) {
        const end = match.index + match[0].length;
        const start = end - (match[1] ?? match[0]).length;
        rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
        had = true;
      }
    }
    return { text: rest, had };
  }

  // What a text may be about: `candidates` of {screen, score}, the best first, and the error `number` or null.
  identify(text) {
    const number = this.#number(this.composed(text));
    if (number === null || !Object.hasOwn(this.data.numbers, number)) {
      return { candidates: this.#likeliest(this.#byWords(text, this.scores(text))), number: null };
    }
    const words = this.composed(text).replace(this.patterns.number, " ");
    const scores = this.scores(words);
    const first = this.#byNumber(number, scores);
    const named = new Set(first.map(({ screen }) => screen));
    const others = this.#byWords(words, scores).filter(({ screen }) => !named.has(screen));
    return { candidates: this.#likeliest([...first, ...others]), number };
  }

  // The screens of the candidates that fit nearly as well as the best.
  near(candidates) {
    const least = candidates.length ? candidates[0].score * this.rules.nearly : 0;
    return candidates.filter(({ score }) => score * this.rules.full >= least).map(({ screen }) => screen);
  }

  scores(text) {
    const { entries } = this.data;
    const { full } = this.rules;
    const said = this.#said(text);
    const closest = new Array(entries.length + 1).fill(0);
    const covered = new Array(entries.length + 1).fill(0);
    const shared = new Map();
    const size = sum([...said].map((piece) => this.weight.get(piece) ?? this.unseen));
    for (const piece of said) {
      const weight = this.weight.get(piece) ?? 0;
      if (weight === 0) continue;
      for (const entry of this.entries.get(piece)) covered[entry] += weight;
      for (const phrase of this.phrases.get(piece)) shared.set(phrase, (shared.get(phrase) ?? 0) + weight);
    }
    for (const [phrase, weight] of shared) {
      const nearness = Math.floor((full * weight) / Math.max(Math.floor(Math.sqrt(size * this.size[phrase])), 1));
      closest[this.owner[phrase]] = Math.max(closest[this.owner[phrase]], nearness);
    }
    const scores = closest.map((near, entry) =>
      Math.floor((near + Math.floor((full * covered[entry]) / Math.max(size, 1))) / 2),
    );
    entries.forEach(({ drawn }, entry) => {
      const usual = full + this.rules.usual * Math.min(drawn, this.rules.often);
      scores[entry] = Math.min(Math.floor((scores[entry] * usual) / full), full);
    });
    for (const [entry, least] of this.#byHeading(text)) {
      scores[entry] = least + Math.floor((scores[entry] * (full - least)) / full);
    }
    return scores;
  }

  // A text after Unicode's NFKC, as much of it as is read.
  composed(text) {
    const cut = (some) => (some.length > this.rules.longest ? [...some].slice(0, this.rules.longest).join("") : some);
    return cut(cut(text).normalize("NFKC"));
  }

  // The letters of a text alone.
  plain(text) {
    const composed = this.composed(text).toLowerCase().replace(this.patterns.address, " ");
    const folded = Array.from(composed, (letter) => this.data.folded[letter] ?? letter).join("");
    return folded.replace(this.patterns.other, "");
  }

  pieces(letters) {
    const found = new Set();
    for (const length of this.rules.lengths) {
      for (let place = 0; place + length <= letters.length; place++) found.add(letters.slice(place, place + length));
    }
    return found;
  }

  #compiled({ secrets, tail, numbered, alone, day, signsAtEnd, bare, ...others }) {
    const once = { tail: new RegExp(tail, "i"), numbered: new RegExp(numbered, "i") };
    const exact = { alone: new RegExp(alone), day: new RegExp(day), signsAtEnd: new RegExp(signsAtEnd) };
    const all = Object.entries(others).map(([name, pattern]) => [name, new RegExp(pattern, "gi")]);
    return {
      ...once,
      ...exact,
      ...Object.fromEntries(all),
      bare: new RegExp(bare, "g"),
      secrets: secrets.map((pattern) => new RegExp(pattern, "gi")),
    };
  }

  #harmless(match, errors) {
    const whole = match[1] ?? match[0];
    const found = whole.trim().replace(this.patterns.signsAtEnd, "");
    const start = match.index + match[0].length - whole.length;
    const end = start + found.length;
    if (errors.some((error) => error.index <= start && end <= error.index + error[0].length)) return true;
    if (!/^[0-9]+$/.test(found)) return false;
    if (match[1] !== undefined) return this.known.includes(found);
    return this.patterns.day.test(found) || this.known.some((number) => number.startsWith(found));
  }

  #number(text) {
    const numbered = this.patterns.numbered.exec(text);
    if (numbered) return numbered[1];
    const labelled = [...text.matchAll(this.patterns.labelled)].map((match) => match[1]);
    const bare = [...text.matchAll(this.patterns.bare)].map((match) => match[1]);
    const listed = [...labelled, ...bare].find((number) => Object.hasOwn(this.data.numbers, number));
    return listed ?? labelled[0] ?? this.patterns.alone.exec(text)?.[1] ?? null;
  }

  #said(text) {
    return this.pieces(this.plain(text).slice(0, this.rules.maximumLetters));
  }

  #relevance(text, scores) {
    const said = this.#said(text);
    const leaning = Math.floor((3 * sum([...said].map((piece) => this.lean.get(piece) ?? 0))) / Math.max(said.size, 1));
    return Math.max(0, ...scores.slice(0, -1)) - Math.floor(scores.at(-1) / 2) + leaning;
  }

  #byWords(text, scores) {
    if (this.#relevance(text, scores) < this.rules.leastRelevance) return [];
    return this.data.entries
      .map(({ screen }, entry) => ({ screen, score: scores[entry] }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
  }

  #byNumber(number, scores) {
    const said = new Map(this.data.entries.map(({ screen }, entry) => [screen, scores[entry]]));
    const { screens } = this.data.numbers[number];
    const likely = screens.some((screen) => said.get(screen)) ? [...screens].reverse() : [...screens];
    return likely
      .sort((one, other) => said.get(other) - said.get(one))
      .map((screen, place) => ({ screen, score: this.rules.full - place }));
  }

  #byHeading(text) {
    const parts = this.composed(text).split(this.patterns.gap);
    const read = [...new Set(parts.map((part) => this.plain(part.replace(this.patterns.tail, ""))))];
    const long = read.filter((part) => part.length >= this.rules.shortestPart);
    const found = [];
    this.data.entries.forEach((entry, place) => {
      const headings = entry.phrases.slice(0, entry.headings);
      if (headings.some((heading) => read.includes(heading))) {
        found.push([place, this.rules.full]);
      } else if (headings.some((heading) => long.some((part) => heading.startsWith(part) || heading.endsWith(part)))) {
        found.push([place, this.rules.partOfHeading]);
      }
    });
    return found;
  }

  #likeliest(candidates) {
    const least = candidates.length ? Math.floor((candidates[0].score * this.rules.kept) / this.rules.full) : 0;
    return candidates.slice(0, this.rules.maximumCandidates).filter(({ score }) => score >= least);
  }

  #weigh(entries) {
    const weight = this.unseen - logarithm(entries);
    return weight >= logarithm(2) ? weight : 0;
  }

  #leanings() {
    const none = this.data.entries.length;
    const elsewhere = this.data.elsewhere.length;
    const usual = logarithm(2 * (this.owner.length - elsewhere) + 2) - logarithm(2 * elsewhere + 2);
    const leanings = new Map();
    for (const [piece, has] of this.phrases) {
      const other = has.filter((phrase) => this.owner[phrase] === none).length;
      leanings.set(piece, logarithm(2 * (has.length - other) + 1) - logarithm(2 * other + 1) - usual);
    }
    return leanings;
  }
}
