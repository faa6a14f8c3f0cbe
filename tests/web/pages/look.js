// What a page looks like to who reads it: each text with less contrast than WCAG 2.1 AA asks for
// (4.5:1), and each thing that sticks out of the window.
() => {
  const parse = (color) => {
    const found = color.match(/[\d.]+/g).map(Number);
    return { rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : 1 };
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(each).backgroundColor);
      if (alpha === 1) return rgb;
      if (alpha > 0) throw new Error("half a background: " + each.outerHTML);
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = [];
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const own = parse(element.closest("svg") ? style.fill : style.color);
    texts += 1;
    if (own.alpha < 1 || contrast(own.rgb, ground(element)) < 4.5) faint.push(walker.currentNode.data.trim());
  }
  for (const field of document.querySelectorAll("[placeholder]")) {
    const own = parse(getComputedStyle(field, "::placeholder").color);
    if (contrast(own.rgb, ground(field)) < 4.5) faint.push(field.placeholder);
  }
  const room = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && !each.closest(".unseen, .skip, thead"))
    .filter((each) => each.getBoundingClientRect().right > room + 0.5)
    .map((each) => each.outerHTML.slice(0, 120));
  return { texts, faint, wide, sideways: document.documentElement.scrollWidth - room };
};
