// What stands around the marks: the legend, the fit to the data, and a list for the keyboard.
"use strict";

// One legend a map; its content is renewed with every change of rows.
maaqil.Legend = L.Control.extend({
  options: { position: "bottomleft" },
  onAdd: function () {
    this._box = maaqil.element("details", "maaqil-legend");
    this._box.open = window.innerWidth >= 900;
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

// Marks on canvas cannot be focused: this list can. It is shown while it has the focus.
maaqil.list = function (map, marks, title, lang) {
  if (!map._maaqilList) {
    map._maaqilList = maaqil.element("div", "maaqil-list");
    map._maaqilList.setAttribute("role", "group");
    L.DomEvent.disableClickPropagation(map._maaqilList);
    L.DomEvent.disableScrollPropagation(map._maaqilList);
    map.getContainer().prepend(map._maaqilList);
  }
  const box = map._maaqilList;
  box.dir = lang === "ar" ? "rtl" : "ltr";
  box.setAttribute("aria-label", title);
  const names = marks.slice(0, 100).map(function (mark) {
    const button = maaqil.element("button", "", mark.options.tip.join(" · "));
    button.type = "button";
    button.addEventListener("focus", function () { map.panInside(mark.getLatLng(), { padding: [60, 60] }); maaqil.tip(map, mark); });
    button.addEventListener("blur", function () { maaqil.untip(map); });
    button.addEventListener("click", function () { mark.fire("click", { latlng: mark.getLatLng(), sourceTarget: mark }, true); });
    return button;
  });
  box.replaceChildren.apply(box, names);
};

// Show all the data once for every new `token`; the user's own view is kept otherwise.
maaqil.fit = function (map, bounds, token) {
  if (!bounds || map._maaqilFitted === token) return;
  map._maaqilFitted = token;
  const legend = map._maaqilLegend && map._maaqilLegend._box; // open, it must not hide the data
  const left = legend && legend.open ? 265 : 30; // as map.css has it, which may come later than this
  map.fitBounds(bounds, { paddingTopLeft: [left, 35], paddingBottomRight: [35, 30], maxZoom: 9, animate: false });
};

// The largest mark of each place; all marks of a place tell all that is known there.
maaqil.marksOf = function (group) {
  const marks = new Map();
  group.eachLayer(function (mark) {
    if (!(mark instanceof maaqil.Mark) || mark.options.look.shape === "head") return;
    const other = marks.get(mark.options.place);
    if (!other) return void marks.set(mark.options.place, mark);
    const tip = other.options.tip.concat(mark.options.tip.filter(function (line) { return !other.options.tip.includes(line); }));
    other.options.tip = mark.options.tip = tip;
    if (mark.getRadius() > other.getRadius()) marks.set(mark.options.place, mark);
  });
  return Array.from(marks.values()).sort(function (a, b) { return b.getRadius() - a.getRadius(); });
};

// Draw what stands around the layers; called last.
maaqil.furnish = function (map, group, data) {
  map._maaqilLegend = map._maaqilLegend || new maaqil.Legend().addTo(map);
  map._maaqilLegend.show(data.title, data.legend, data.lang);
  map._maaqilMarks = maaqil.marksOf(group);
  maaqil.list(map, map._maaqilMarks, data.places, data.lang);
  maaqil.fit(map, data.bounds, data.token);
  if (map._maaqilNames) map._maaqilNames.keepClear(map._maaqilMarks);
};
