/** Marks in a list of parts the one that is being read. */
export function followReading(list: HTMLElement): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of list.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    const target = document.getElementById(link.hash.slice(1));
    if (target !== null) links.set(target, link);
  }
  const visible = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      const first = [...links.keys()].find((target) => visible.has(target));
      for (const [target, link] of links) {
        if (target === first) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
        // The list may be wider than the screen; only it moves, never the page.
        if (target === first) link.closest('ul')?.scrollTo({ left: link.offsetLeft - 80 });
      }
    },
    // The upper part of the window, below the list itself.
    { rootMargin: '-60px 0px -60% 0px' },
  );
  for (const target of links.keys()) observer.observe(target);
}
