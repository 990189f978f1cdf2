// Passkeys need script: their buttons show themselves, and what goes wrong is said on the page.

for (const button of document.querySelectorAll("[data-needs-script]")) {
  button.hidden = !window.PublicKeyCredential;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey_trouble");
  if (trouble) {
    trouble.hidden = false;
  }
});
