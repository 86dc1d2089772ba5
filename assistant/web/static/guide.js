// Adds what only a browser can do: buttons that copy and print the ready-made text, unfolded notes on paper, and a way back
// from the answer to a form, which browsers would otherwise ask to send again.
"use strict";

const answer = document.querySelector("main[data-instead]");
if (answer) history.replaceState(null, "", answer.dataset.instead);

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// The clipboard is only there on https; the older command copies what is selected.
async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    select(element);
    return document.execCommand("copy");
  }
}

for (const message of document.querySelectorAll(".message")) {
  const { copy, copied: done, selected, print: paper } = message.dataset;
  const text = message.querySelector("pre");
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  message.querySelector(".actions").append(
    button(copy, async () => {
      said.textContent = (await copied(text)) ? done : selected;
    }),
    button(paper, () => print()),
  );
  message.append(said);
}

const folded = [];

addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll("details:not([open])"));
  for (const details of folded) details.open = true;
});

addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});
