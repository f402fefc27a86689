/** F6: the next panel's first control gets the focus. */
export function focusNextPanel(step: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('header.titlebar, section.panel, main, section.timeline')].filter(
    (panel) => panel.offsetParent !== null && panel.parentElement?.closest('section.panel') === null,
  );
  if (panels.length === 0) return;
  const at = panels.findIndex((panel) => panel.contains(document.activeElement));
  const next = panels[(at + step + panels.length) % panels.length] ?? panels[0];
  const control = next.querySelector<HTMLElement>('button:not(:disabled), select, input, [tabindex="0"]');
  // A focus that came from the keyboard shows its ring.
  control?.focus({ focusVisible: true } as FocusOptions);
}
