// Small comforts. Every page works without this file.

// "/" puts the cursor into the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "Escape") {
    closeMenus(null);
  }
});

// A menu closes when the reader turns to something else.
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!target || !menu.contains(target)) {
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held && !target) {
        menu.querySelector("summary").focus();
      }
    }
  }
}

// "Send this view as a link" copies the address of the link; without a clipboard it is followed.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    link.parentElement.querySelector("[data-copied]").textContent = link.dataset.copy;
  } catch {
    location.assign(link.href);
  }
});

// A link to a confirmation page opens the dialog that stands ready on this page instead.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
});
