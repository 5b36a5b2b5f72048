/**
 * Runs in the page before its own scripts: keeps what should never happen. Nothing of the page's own is called `pwned`,
 * so whatever calls it came in as data.
 */
export function watch() {
  window.wrongs = [];
  window.pwned = () => window.wrongs.push('a payload ran');
  for (const name of ['alert', 'confirm', 'prompt', 'open', 'print'])
    window[name] = () => window.wrongs.push(`${name} was called`);
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    window.wrongs.push(`policy: ${effectiveDirective} ${blockedURI} ${sample}`),
  );
}

/** Runs in the page: what in it is foreign, and which names could reorder what stands beside them. */
export function inspect(ownOrigin) {
  const html = new Set(
    (
      'html head meta title link script body div span p a button input select option textarea label form fieldset legend header footer main nav aside ' +
      'section article h1 h2 h3 ul ol li dl dt dd strong em s b i code pre blockquote br time kbd mark meter progress img video audio dialog bdi noscript'
    ).split(' '),
  );
  const svg = new Set('svg path circle rect g'.split(' '));
  const wrongs = [...window.wrongs];
  const say = (node, why) => wrongs.push(`${why}: ${node.outerHTML.slice(0, 160)}`);
  const isOwn = (address) =>
    address === '' || address.startsWith('blob:') || new URL(address, ownOrigin).origin === ownOrigin;

  for (const node of document.querySelectorAll('*')) {
    const tag = node.localName;
    const isDrawn = node instanceof SVGElement;
    if (!(isDrawn ? svg : html).has(tag)) say(node, 'foreign element');
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on')) say(node, 'handler in an attribute');
      if (['srcdoc', 'action', 'formaction', 'xlink:href', 'http-equiv', 'background', 'ping'].includes(name)) {
        say(node, `attribute ${name}`);
      }
      if (name === 'src' && !isOwn(value)) say(node, 'foreign source');
      if (name === 'href' && tag === 'link' && !isOwn(value)) say(node, 'foreign link');
      if (name === 'href' && tag === 'a') {
        const { protocol, username } = new URL(value, ownOrigin);
        if (!['http:', 'https:', 'mailto:'].includes(protocol) || username !== '') say(node, 'dangerous address');
        const isForeign = !isOwn(value);
        if (isForeign && !['noopener', 'noreferrer'].every((word) => node.relList.contains(word))) say(node, 'no rel');
      }
    }
    for (const name of ['title', 'aria-label', 'alt', 'placeholder']) {
      if (/[\u202a-\u202e\u2066\u2067]/.test(node.getAttribute(name) ?? '')) say(node, `override in ${name}`);
    }
    if (tag === 'script' && !isOwn(node.src)) say(node, 'foreign script');
  }
  if (document.querySelectorAll('script').length > 1) wrongs.push('more than one script');

  // What nobody sees turns nothing, and what is found is one person's text in parts.
  // A text that turns its direction must stand in a block of its own, or in an element that keeps it to itself.
  const turns = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
  const sentences = ['\u05e9\u05dc\u05d5\u05dd 123', '\u0627\u0644\u0633\u0644\u0627\u0645\u061c\u200f!'];
  const isInline = (node) =>
    getComputedStyle(node).display.startsWith('inline') && !getComputedStyle(node).display.includes('-');
  const isolates = (node) => ['isolate', 'isolate-override', 'plaintext'].includes(getComputedStyle(node).unicodeBidi);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    if (
      !turns.test(text.data.replace(/\u2068[^\u2066-\u2069\u202a-\u202e]*\u2069/g, '')) ||
      text.parentElement.closest('script, textarea, .unseen, .hit-text') !== null
    )
      continue;
    const told = text.data.trim();
    if (sentences.some((name) => told.includes(name) && told !== name) && !told.includes('\u2068')) {
      say(text.parentElement, 'a name in a sentence that it can turn');
    }
    let around = text.parentElement;
    while (isInline(around) && !isolates(around)) around = around.parentElement;
    if (isInline(around)) {
      if (around.textContent.trim() !== text.data.trim() && around.children.length === 0)
        say(around, 'turns its surroundings');
      continue;
    }
    const others = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    for (let other = others.nextNode(); other !== null; other = others.nextNode()) {
      if (other === text || other.data.trim() === '') continue;
      let at = other.parentElement;
      while (at !== around && isInline(at) && !isolates(at)) at = at.parentElement;
      // What stands in a block of its own inside, or is kept apart, is not turned.
      if (at !== around) continue;
      say(around, `“${text.data.slice(0, 20)}” can turn “${other.data.slice(0, 20)}”`);
      break;
    }
  }
  return [...new Set(wrongs)];
}
