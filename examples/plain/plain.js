// The form sends itself to this very page: what has arrived is listed below it. In: the page's address.
const sent = new URLSearchParams(location.search);
const list = document.querySelector("#sent dl");
for (const [name, value] of sent) {
  const term = document.createElement("dt");
  const text = document.createElement("dd");
  term.textContent = name;
  text.textContent = value;
  list.append(term, text);
}
document.getElementById("sent").hidden = list.children.length === 0;
