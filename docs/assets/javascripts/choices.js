// @ts-check
/*
 * The reader's own choices of colours, text size and spacing, kept on their device and nowhere else.
 *
 * What can be chosen is in (overrides/partials/hub-choices.html); what a choice looks like is in tokens.css.
 * A plain script in the page and no module: it must act before the page is first painted, or the page would flash.
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
   * Put the choices into the page and let them act. Without script they are not there, so nothing in the page is dead.
   * @param {HTMLTemplateElement} template
   */
  const offer = (template) => {
    template.after(template.content.cloneNode(true));
    const choices = /** @type {HTMLElement} */ (template.nextElementSibling);
    const notKept = /** @type {HTMLElement} */ (choices.querySelector(".choices__not-kept"));
    const inputs = [...choices.querySelectorAll("input")];
    const chosen = kept();
    for (const input of inputs) input.checked = input.value === (chosen[input.name] ?? "");

    /** Take over what is checked. */
    const take = () => {
      const now = inputs.filter((input) => input.checked && input.value).map(({ name, value }) => [name, value]);
      show(Object.fromEntries(now));
      notKept.hidden = keep(Object.fromEntries(now));
    };
    choices.addEventListener("change", take);
    choices.querySelector("button")?.addEventListener("click", () => {
      for (const input of inputs) input.checked = input.value === "";
      take();
    });
  };

  show(kept());
  addEventListener("pageshow", () => show(kept())); // a page that comes back from the browser's memory
  addEventListener("DOMContentLoaded", () => {
    const template = document.getElementById("choices");
    if (!(template instanceof HTMLTemplateElement)) return;
    if (location.search) setTimeout(offer, 0, template); // a phone has enough to do with what was asked for
    else offer(template);
  });
}
