// @ts-check
/*
 * A form whose answers stay on the device: what is in it, and files that are given to the person.
 */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/**
 * The questions of a form.
 * @param {HTMLFormElement} form
 * @returns {Field[]}
 */
export const fieldsOf = (form) => /** @type {Field[]} */ ([...form.elements]).filter(({ name }) => name);

/**
 * The answers in a form, by the names of its questions; true and false for what can be ticked.
 * @param {HTMLFormElement} form
 * @returns {Map<string, string | boolean>}
 */
export const given = (form) =>
  new Map(
    fieldsOf(form).map((field) => [
      field.name,
      field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value,
    ]),
  );

/**
 * Put answers into a form, and open the parts that they are in.
 * @param {HTMLFormElement} form
 * @param {Map<string, string | boolean>} answers
 * @returns {{ known: number, strange: string[] }} how many had a place, and the names that the form does not have
 */
export function fillIn(form, answers) {
  const fields = new Map(fieldsOf(form).map((field) => [field.name, field]));
  for (const [name, answer] of answers) {
    const field = fields.get(name);
    if (!field) continue;
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = answer === true;
    else field.value = String(answer);
    if (answer) unfold(field);
  }
  const strange = [...answers.keys()].filter((name) => !fields.has(name));
  return { known: answers.size - strange.length, strange };
}

/**
 * Open the part of a form that a field is in.
 * @param {Element} field
 */
export function unfold(field) {
  const folded = field.closest("details");
  if (folded) folded.open = true;
}

/**
 * What says, in a status, words that are written in the page.
 * @param {HTMLElement} tools
 * @returns {(name: string, about?: string) => void}
 */
export function sayer(tools) {
  const status = /** @type {HTMLElement} */ (tools.querySelector("[role=status]"));
  return (name, about = "") => {
    const words = /** @type {HTMLTemplateElement} */ (tools.querySelector(`template[data-say=${name}]`));
    status.textContent = `${words.content.textContent} ${about}`.trim();
  };
}

/**
 * Give the person a file.
 * @param {Blob} content
 * @param {string} name
 */
export function give(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * The last part of a path.
 * @param {string} path
 */
export const nameOf = (path) => path.split("/").pop() ?? "";
