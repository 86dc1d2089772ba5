// Finds the question that tells screens apart best, exactly as assistant/flow/recognising/distinction.py does (there is said why).

// All questions {kind, text, shown, absent} about the screens that remain, the best first; `made` is what portable.py wrote.
export function questions(made, remaining) {
  const order = (kind) => (made.kinds.includes(kind) ? made.kinds.indexOf(kind) : made.kinds.length);
  const ranked = [];
  for (const [text, shows, doubtful] of made.features) {
    const sure = remaining.filter((screen) => Object.hasOwn(shows, screen));
    const shown = remaining.filter((screen) => Object.hasOwn(shows, screen) || doubtful.includes(screen));
    const absent = remaining.filter((screen) => !Object.hasOwn(shows, screen));
    const left = Math.max(shown.length, absent.length);
    if (sure.length === 0 || left === remaining.length) continue;
    const kind = sure.map((screen) => shows[screen]).reduce((one, other) => (order(other) < order(one) ? other : one));
    const words = text ?? "";
    const rank = [left, shown.length + absent.length, words === "", !made.marked.includes(words), order(kind), [...words].length];
    ranked.push({ rank, question: { kind, text, shown, absent } });
  }
  return ranked.sort((one, other) => compared(one.rank, other.rank)).map(({ question }) => question);
}

function compared(one, other) {
  const place = one.findIndex((value, at) => value !== other[at]);
  return place < 0 ? 0 : Number(one[place]) - Number(other[place]);
}
