// What stands around the marks: the legend, the fit to the data, and a list for the keyboard.
"use strict";

// One legend a map, closed at first: the page has its own, this one is for pictures of the map. Its
// content is renewed with every change of rows.
maaqil.Legend = L.Control.extend({
  options: { position: "bottomleft" },
  onAdd: function (map) {
    this._box = maaqil.element("details", "maaqil-legend");
    this._box.addEventListener("toggle", function () { if (map._maaqilNames) map._maaqilNames._draw(); });
    L.DomEvent.disableClickPropagation(this._box);
    L.DomEvent.disableScrollPropagation(this._box);
    return this._box;
  },
  show: function (title, parts, lang) {
    const box = this._box;
    box.dir = lang === "ar" ? "rtl" : "ltr";
    box.lang = lang;
    box.replaceChildren(maaqil.element("summary", "", title));
    parts.forEach(function (part) {
      if (!part.rows.length) return;
      box.appendChild(maaqil.element("h4", "", part.title));
      const list = box.appendChild(maaqil.element("ul"));
      part.rows.forEach(function (row) {
        const item = list.appendChild(maaqil.element("li"));
        item.appendChild(maaqil.sample(row[0]));
        item.appendChild(maaqil.element("span", "", row[1]));
      });
    });
    box.style.display = parts.some(function (part) { return part.rows.length; }) ? "" : "none";
  },
});

// A small picture of a mark, an area or an arrow, painted by the map's own painter.
maaqil.sample = function (look) {
  const canvas = maaqil.element("canvas"), ratio = window.devicePixelRatio || 1;
  canvas.setAttribute("aria-hidden", "true");
  canvas.width = 26 * ratio; canvas.height = 20 * ratio;
  const c = canvas.getContext("2d");
  c.scale(ratio, ratio);
  if (look.shape === "arrow") {
    c.strokeStyle = look.stroke; c.lineWidth = 2.5;
    c.beginPath(); c.moveTo(2, 14); c.quadraticCurveTo(12, 3, 24, 9); c.stroke();
    maaqil.paint(c, { shape: "head", fill: look.stroke, opacity: 1, angle: 0.25 }, 17, 7.2, 5);
  } else {
    const pattern = look.hatch ? { fill: maaqil.hatch(look.hatch), opacity: 0.8 } : {};
    const small = look.weight > 3 ? { weight: 3 } : {}; // a ring must stay a ring at this size
    maaqil.paint(c, Object.assign({}, look, pattern, small), 13, 10, look.hatch || look.wide ? 8 : 6);
  }
  return canvas;
};

// Marks on canvas cannot be focused: this list can. It is shown while it has the focus; it is one stop
// of the Tab key, and the arrow keys, Home and End go through it.
maaqil.list = function (map, spots, title, lang) {
  if (!map._maaqilList) {
    map._maaqilList = maaqil.element("div", "maaqil-list");
    map._maaqilList.setAttribute("role", "toolbar");
    map._maaqilList.setAttribute("aria-orientation", "vertical");
    map._maaqilList.addEventListener("keydown", maaqil.rove);
    L.DomEvent.disableClickPropagation(map._maaqilList);
    L.DomEvent.disableScrollPropagation(map._maaqilList);
    map.getContainer().prepend(map._maaqilList);
  }
  const box = map._maaqilList, focused = box.contains(document.activeElement);
  const kept = Array.from(box.children).find(function (button) { return button.tabIndex === 0; });
  box.dir = lang === "ar" ? "rtl" : "ltr";
  box.setAttribute("aria-label", title);
  const buttons = spots.map(function (spot) {
    const button = maaqil.element("button", "", spot.tip.join(" · ")), mark = spot.main;
    button.type = "button";
    button.tabIndex = -1;
    button.dataset.place = spot.id;
    if (spot.selected) button.setAttribute("aria-current", "true");
    button.addEventListener("focus", function () {
      maaqil.stop(box, button);
      map.panInside(mark.getLatLng(), { padding: [60, 60] });
      maaqil.tip(map, mark, []);
    });
    button.addEventListener("blur", function () { maaqil.untip(map); });
    button.addEventListener("click", function () { mark.fire("click", { latlng: mark.getLatLng(), sourceTarget: mark }, true); });
    return button;
  });
  box.replaceChildren.apply(box, buttons);
  const same = kept && buttons.find(function (button) { return button.dataset.place === kept.dataset.place; });
  if (buttons.length) maaqil.stop(box, same || buttons[0]);
  return focused && buttons.length ? same || buttons[0] : null; // who was in the list stays in it
};

// Make one button of the list the one that Tab reaches.
maaqil.stop = function (box, chosen) {
  Array.from(box.children).forEach(function (button) { if (button.tabIndex === 0) button.tabIndex = -1; });
  chosen.tabIndex = 0;
};

// Go through the list by keys.
maaqil.rove = function (event) {
  const buttons = Array.from(event.currentTarget.children), at = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  event.stopPropagation(); // the map itself moves by arrow keys
  buttons[(next + buttons.length) % buttons.length].focus();
};

// Show all the data once for every new `token`; the user's own view is kept otherwise.
maaqil.fit = function (map, bounds, token) {
  if (!bounds || map._maaqilFitted === token) return;
  map._maaqilFitted = token;
  const legend = map._maaqilLegend && map._maaqilLegend._box; // open, it must not hide the data
  const left = legend && legend.open ? 225 : 30; // as map.css has it, which may come later than this
  map.fitBounds(bounds, { paddingTopLeft: [left, 35], paddingBottomRight: [35, 30], maxZoom: 9, animate: false });
};

// Draw what stands around the layers; called last, before the group is put on the map.
maaqil.furnish = function (map, group, data) {
  map._maaqilWords = data.words;
  map._maaqilSizes = data.sizes;
  map._maaqilLegend = map._maaqilLegend || new maaqil.Legend().addTo(map);
  map._maaqilLegend.show(data.title, data.legend, data.lang);
  map._maaqilSpots = maaqil.spots(group, data.selected);
  map._maaqilMarks = map._maaqilSpots.map(function (spot) { return spot.main; });
  maaqil.fit(map, data.bounds, data.token);
  if (!map._maaqilFolds) {
    map._maaqilFolds = function () { maaqil.fold(map); maaqil.clear(map); };
    map.on("zoomend", map._maaqilFolds);
  }
  map._maaqilFolds();
  const focused = maaqil.list(map, map._maaqilSpots, data.places, data.lang), spots = map._maaqilSpots;
  group.once("add", function () {
    maaqil.stack(spots);
    if (focused) focused.focus({ preventScroll: true });
  });
};

// Let the names keep clear of the marks that are drawn at this zoom.
maaqil.clear = function (map) {
  if (!map._maaqilNames) return;
  map._maaqilNames.keepClear(map._maaqilMarks.filter(function (mark) { return !mark.options.hidden; }));
};
