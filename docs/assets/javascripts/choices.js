// @ts-check
/*
 * The reader's own choices of colours, text size and spacing, kept on their device and nowhere else.
 *
 * What can be chosen is in the form (overrides/partials/hub-choices.html); what a choice looks like is in tokens.css.
 * A plain script in the head and no module: it must act before the page is first painted, or the page would flash.
 */
{
  const PLACE = "hub-choices";
  const root = document.documentElement;

  /**
   * What was kept on this device.
   * @returns {Record<string, string>} the name of each choice and its value; empty if nothing is kept or can be
   */
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(PLACE) ?? "{}") ?? {};
    } catch {
      return {};
    }
  };

  /**
   * Keep choices on this device; with none, leave nothing behind.
   * @param {Record<string, string>} choices
   * @returns {boolean} whether the browser kept them
   */
  const keep = (choices) => {
    try {
      if (Object.keys(choices).length) localStorage.setItem(PLACE, JSON.stringify(choices));
      else localStorage.removeItem(PLACE);
      return true;
    } catch {
      return false;
    }
  };

  /**
   * Show the page as chosen.
   * @param {Record<string, string>} choices
   */
  const show = (choices) => {
    for (const name of Object.keys(root.dataset)) delete root.dataset[name];
    Object.assign(root.dataset, choices);
  };

  /**
   * Put the form into the page and let it act. Without script it is not there, so nothing in the page is dead.
   * @param {HTMLTemplateElement} template
   */
  const offer = (template) => {
    template.after(template.content.cloneNode(true));
    const form = /** @type {HTMLFormElement} */ (template.parentElement?.querySelector(".choices form"));
    const notKept = /** @type {HTMLElement} */ (form.querySelector(".choices__not-kept"));
    for (const [name, value] of Object.entries(kept())) {
      const input = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (input instanceof HTMLInputElement) input.checked = true;
    }
    /** Take over what the form says. */
    const take = () => {
      const chosen = [...new FormData(form)].filter(([, value]) => value);
      const choices = /** @type {Record<string, string>} */ (Object.fromEntries(chosen));
      show(choices);
      notKept.hidden = keep(choices);
    };
    form.addEventListener("change", take);
    form.addEventListener("reset", () => setTimeout(take)); // the event comes before the form is as it was
  };

  show(kept());
  addEventListener("pageshow", () => show(kept())); // a page that comes back from the browser's memory
  addEventListener("DOMContentLoaded", () => {
    const template = document.getElementById("choices");
    if (template instanceof HTMLTemplateElement) offer(template);
  });
}
