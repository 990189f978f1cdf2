// Comforts of the intake desk. Everything can be done without this file.

const form = document.getElementById("claim");

if (form) {
  const status = form.querySelector("[data-taken]");
  const field = (name) => form.elements.namedItem(name);

  const addSentence = (number) => {
    const sentences = field("sentences");
    const named = sentences.value.split(/[\s,]+/).filter(Boolean);
    if (!named.includes(number)) {
      sentences.value = [...named, number].join(", ");
    }
  };

  const told = () => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = status.dataset.message; });
  };

  // A proposal fills the form at once. Without script the button sends the form for the same.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=take]");
    if (!button) {
      return;
    }
    event.preventDefault();
    for (const { name, value } of button.attributes) {
      const target = name.startsWith("data-fill-") && field(name.slice("data-fill-".length));
      if (target && target.name !== "sentences") {
        target.value = value;
      }
    }
    addSentence(button.dataset.fillSentences);
    button.dataset.chosen = "";
    told();
  });

  // "Claim from S05" puts the number into the form and goes there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-choose]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    addSentence(link.dataset.choose);
    field("sentences").focus();
    told();
  });

  // Words that somebody marks in a sentence become the value.
  const marked = () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    const begin = selection.anchorNode?.parentElement?.closest("[data-words]");
    const end = selection.focusNode?.parentElement?.closest("[data-words]");
    if (!words || !begin || begin !== end) {
      return;
    }
    field("value").value = words;
    field("sentences").value = begin.closest("[data-sentence]").dataset.sentence;
    told();
  };
  document.addEventListener("mouseup", () => setTimeout(marked));
  document.addEventListener("keyup", (event) => { if (event.shiftKey) { marked(); } });
}
