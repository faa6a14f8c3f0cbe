(() => {
  "use strict";
  const tip = document.getElementById("tip");
  const told = new WeakMap();
  const hide = () => { tip.hidden = true; };
  const show = (event, text) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + "px";
    const under = event.clientY + 16 + box.height < innerHeight;
    tip.style.top = Math.max(4, under ? event.clientY + 16 : event.clientY - box.height - 10) + "px";
  };

  const light = (svg, group) => {
    for (const old of svg.querySelectorAll(".lit")) old.classList.remove("lit");
    svg.classList.toggle("dim", Boolean(group));
    if (!group) return;
    const key = group.id || group.dataset.n;
    if (!key) { group.classList.add("lit"); return; }
    const streams = new Map();
    for (const r of svg.querySelectorAll(".r")) {
      const { s, t, c } = r.dataset;
      if (s === key || t === key) r.classList.add("lit");
      if (s === key) streams.set(t, Math.min(streams.get(t) ?? Infinity, +c));
    }
    for (const r of svg.querySelectorAll('.r[data-s=""]')) {
      if (streams.has(r.dataset.t) && +r.dataset.c > streams.get(r.dataset.t)) r.classList.add("lit");
    }
  };

  const makeMovable = (svg, tools) => {
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    let view = [0, 0, width, height];
    let from = null;
    const apply = () => svg.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));
    const zoom = (factor, fx = 0.5, fy = 0.5) => {
      const w = Math.min(width, Math.max(width / 12, view[2] / factor)), h = (w / width) * height;
      view = [view[0] + (view[2] - w) * fx, view[1] + (view[3] - h) * fy, w, h];
      keep();
    };
    const keep = () => {
      view[0] = Math.min(Math.max(view[0], 0), width - view[2]);
      view[1] = Math.min(Math.max(view[1], 0), height - view[3]);
      apply();
    };
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const factor = Number(event.target.dataset.zoom);
      if (factor === 0) { view = [0, 0, width, height]; apply(); } else if (factor) zoom(factor);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height);
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; });
    addEventListener("pointerup", () => { from = null; svg.classList.remove("moving"); });
    svg.addEventListener("pointermove", (event) => {
      if (!from || view[2] === width) return;
      svg.classList.add("moving");
      const scale = view[2] / svg.getBoundingClientRect().width;
      view[0] -= (event.clientX - from[0]) * scale;
      view[1] -= (event.clientY - from[1]) * scale;
      from = [event.clientX, event.clientY];
      keep();
    });
  };

  for (const svg of document.querySelectorAll("svg.flow")) {
    for (const title of svg.querySelectorAll("title")) {
      told.set(title.parentNode, title.textContent);
      title.remove();
    }
    svg.addEventListener("pointermove", (event) => {
      const group = event.target.closest(".r,.b");
      if (group && told.has(group)) show(event, told.get(group)); else hide();
    });
    svg.addEventListener("pointerover", (event) => light(svg, event.target.closest(".r,.b")));
    svg.addEventListener("pointerleave", () => { hide(); light(svg, null); });
    makeMovable(svg, svg.closest("figure").querySelector(".tools"));
  }
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
})();
