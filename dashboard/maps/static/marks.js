// Marks, areas and arrows: one JSON array in, canvas shapes out. What a row means is told in
// layer.py; text reaches the page by textContent only.
"use strict";

// How each shape is traced around the origin; r is its radius in pixels. Areas are about equal.
maaqil.SHAPES = {
  circle: function (c, r) { c.arc(0, 0, r, 0, 2 * Math.PI); },
  square: function (c, r) { const s = r * 0.88; c.rect(-s, -s, 2 * s, 2 * s); },
  diamond: function (c, r) { const s = r * 1.22; c.moveTo(0, -s); c.lineTo(s, 0); c.lineTo(0, s); c.lineTo(-s, 0); c.closePath(); },
  triangle: function (c, r) { const s = r * 1.3; c.moveTo(0, -s); c.lineTo(s * 0.95, s * 0.7); c.lineTo(-s * 0.95, s * 0.7); c.closePath(); },
  hexagon: function (c, r) { maaqil.ngon(c, r * 1.08, 6, 0); },
  star: function (c, r) {
    for (let i = 0; i < 10; i++) {
      const a = -Math.PI / 2 + (i * Math.PI) / 5, s = i % 2 ? r * 0.62 : r * 1.3;
      c[i ? "lineTo" : "moveTo"](s * Math.cos(a), s * Math.sin(a));
    }
    c.closePath();
  },
  head: function (c, r) { c.moveTo(r, 0); c.lineTo(-r, r * 0.75); c.lineTo(-r * 0.45, 0); c.lineTo(-r, -r * 0.75); c.closePath(); },
  cross: function (c, r) { const s = r * 0.8; c.moveTo(-s, -s); c.lineTo(s, s); c.moveTo(s, -s); c.lineTo(-s, s); },
};
maaqil.ngon = function (c, r, n, turn) {
  for (let i = 0; i < n; i++) {
    const a = turn + (i * 2 * Math.PI) / n;
    c[i ? "lineTo" : "moveTo"](r * Math.cos(a), r * Math.sin(a));
  }
  c.closePath();
};

// Draw one mark at x, y; used by the map and by the legend, so that they cannot differ.
maaqil.paint = function (context, look, x, y, r, text) {
  context.save();
  context.translate(x, y);
  if (look.angle) context.rotate(look.angle);
  context.setLineDash(look.dash || []);
  context.beginPath();
  (maaqil.SHAPES[look.shape] || maaqil.SHAPES.circle)(context, r);
  if (look.fill) { context.globalAlpha = look.opacity === undefined ? 0.88 : look.opacity; context.fillStyle = look.fill; context.fill(); }
  context.globalAlpha = 1;
  if (look.stroke) {
    if (look.halo) { context.strokeStyle = "#fff"; context.lineWidth = (look.weight || 1) + 2; context.setLineDash([]); context.stroke(); context.setLineDash(look.dash || []); }
    context.strokeStyle = look.stroke; context.lineWidth = look.weight || 1; context.stroke();
  }
  if (look.strike) { // struck through: no longer held
    context.setLineDash([]);
    context.beginPath(); context.moveTo(-r * 0.71, r * 0.71); context.lineTo(r * 0.71, -r * 0.71);
    context.strokeStyle = look.stroke; context.lineWidth = look.weight || 1; context.stroke();
  }
  if (text && r >= 9) {
    context.setLineDash([]);
    context.font = "700 " + Math.min(13, 7 + r / 3) + "px " + maaqil.FONT;
    context.textAlign = "center"; context.textBaseline = "middle";
    context.fillStyle = look.ink || "#fff";
    context.fillText(text, 0, look.shape === "triangle" ? r * 0.15 : 0.5);
  }
  context.restore();
};

maaqil.Mark = L.CircleMarker.extend({
  options: { bubblingMouseEvents: false },
  _updatePath: function () { this._renderer._updateMaaqilMark(this); },
  // What a click returns to the page: streamlit-folium reads the text of a clicked layer's popup.
  _popup: { _content: true },
  getPopup: function () {
    const place = this.options.place;
    return { getContent: function () { return { innerText: place }; } };
  },
});
L.Canvas.include({
  _updateMaaqilMark: function (mark) {
    if (!this._drawing || mark._empty() || mark.options.hidden) return;
    maaqil.paint(this._ctx, mark.options.look, mark._point.x, mark._point.y, mark._radius, mark.options.text);
  },
});

// A pale hatch for deserts and regions: reported activity somewhere within, never a held territory.
maaqil.hatch = function (color) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 12;
  const c = tile.getContext("2d");
  c.strokeStyle = color; c.lineWidth = 0.9;
  c.beginPath(); c.moveTo(-3, 15); c.lineTo(15, -3); c.moveTo(-3, 3); c.lineTo(3, -3); c.moveTo(9, 15); c.lineTo(15, 9); c.stroke();
  return c.createPattern(tile, "repeat");
};

// Show what is known of a mark, and the spots `beneath` it by name.
maaqil.tip = function (map, mark, beneath) {
  const lines = maaqil.lines(map, mark, beneath);
  const box = maaqil.element("div", "maaqil-tip");
  box.dir = map._maaqilLang === "ar" ? "rtl" : "ltr";
  lines.forEach(function (line, i) { box.appendChild(maaqil.element(i ? "div" : "strong", "", line)); });
  map._maaqilTip = map._maaqilTip || L.tooltip({ direction: "top", opacity: 1, className: "maaqil-tooltip" });
  const at = mark.getLatLng ? mark.getLatLng() : mark.getCenter(), radius = mark._radius || 0;
  const options = map._maaqilTip.options, size = map.getSize(), point = map.latLngToContainerPoint(at);
  map._maaqilTip.setContent(box).setLatLng(at).addTo(map);
  const tip = map._maaqilTip.getElement(), half = tip.offsetWidth / 2 + 4, above = point.y - radius;
  const low = above < tip.offsetHeight + 12 && above < size.y - point.y - radius; // more room below
  const x = Math.max(half - point.x, 0) || Math.min(size.x - half - point.x, 0); // whole within the map
  options.direction = low ? "bottom" : "top";
  options.offset = L.point(x, low ? radius : -radius);
  map._maaqilTip.update();
};
maaqil.untip = function (map) { if (map._maaqilTip) map._maaqilTip.remove(); };

// Draw one layer's rows into a feature group; see Drawing in layer.py for the shape of `data`.
maaqil.shapes = function (map, group, data) {
  map._maaqilLang = data.lang;
  const under = maaqil.pane(map, "areas", 390, false);
  const over = maaqil.pane(map, "marks", 420, true);
  const looks = data.looks.map(function (look) { return Object.assign({}, look); });
  const say = function (row, counts) {
    return [row].concat(counts.map(function (c) { return data.words[c[0]] + (c[1] === null ? "" : ": " + c[1]); }));
  };
  const zoomed = [];
  data.areas.forEach(function (area) {
    const look = looks[area[3]];
    if (look.hatch && !look.pattern) look.pattern = maaqil.hatch(look.hatch);
    const circle = L.circle([area[0], area[1]], {
      renderer: under, pane: "areas", interactive: false, radius: area[2] * 1000, color: look.stroke, weight: look.weight || 1,
      opacity: look.pattern ? 0.5 : 0.8, dashArray: look.dash ? look.dash.join(" ") : null,
      fill: Boolean(look.fill || look.pattern), fillColor: look.pattern || look.fill, fillOpacity: look.pattern ? 0.35 : 0.1,
    });
    if (area[4]) zoomed.push([area[4], circle]); else group.addLayer(circle);
  });
  const show = function () {
    zoomed.forEach(function (pair) {
      if (map.getZoom() >= pair[0]) group.addLayer(pair[1]); else group.removeLayer(pair[1]);
    });
  };
  if (zoomed.length) { show(); map.on("zoomend", show); group.on("remove", function () { map.off("zoomend", show); }); }
  data.arrows.forEach(function (arrow) { maaqil.arrow(group, over, arrow, looks[arrow[6]], say(arrow[7], arrow[8]), arrow[5]); });
  data.marks.forEach(function (row) {
    group.addLayer(new maaqil.Mark([row[1], row[2]], {
      renderer: over, pane: "marks", radius: row[3], look: looks[row[4]], place: row[0],
      own: row[3], number: row[6], text: row[6] > 1 ? row[6] : "", tip: say(row[5], row[7]), rank: row[8],
    }));
  });
  const onto = function (event) { if (event.sourceTarget.options.tip) maaqil.tip(map, event.sourceTarget, map._maaqilBeneath || []); };
  const off = function () { maaqil.untip(map); };
  group.on("mouseover", onto).on("mouseout", off).on("remove", off);
};

// A relocation: a line bent to the left of its way, with a head at its end.
maaqil.arrow = function (group, renderer, row, look, tip, place) {
  const from = L.CRS.EPSG3857.project(L.latLng(row[0], row[1])), to = L.CRS.EPSG3857.project(L.latLng(row[2], row[3]));
  const across = L.point(-(to.y - from.y), to.x - from.x), bend = from.add(to).divideBy(2).add(across.multiplyBy(0.18));
  const way = [], steps = 48;
  for (let i = 0; i <= steps; i++) {
    const t = i / steps, u = 1 - t;
    way.push(L.CRS.EPSG3857.unproject(from.multiplyBy(u * u).add(bend.multiplyBy(2 * u * t)).add(to.multiplyBy(t * t))));
  }
  const options = { smoothFactor: 0, renderer: renderer, pane: "marks", bubblingMouseEvents: false, place: place, tip: tip };
  const halo = L.polyline(way, { smoothFactor: 0, renderer: renderer, pane: "marks", interactive: false, color: "#fff", weight: row[4] + 2.5, opacity: 0.8 });
  const line = L.polyline(way, Object.assign({ color: look.stroke, weight: row[4], opacity: 0.95 }, options));
  line._popup = maaqil.Mark.prototype._popup;
  line.getPopup = maaqil.Mark.prototype.getPopup;
  const head = new maaqil.Mark(way[Math.round(steps * 0.62)], Object.assign({
    radius: 5 + row[4], text: "",
    look: { shape: "head", fill: look.stroke, opacity: 1, stroke: "#fff", weight: 1, angle: 0 },
  }, options));
  const tangent = maaqil.tangent(from, bend, to, 0.62);
  head.options.look.angle = Math.atan2(-tangent.y, tangent.x);
  [halo, line, head].forEach(function (layer) { group.addLayer(layer); });
};
maaqil.tangent = function (a, b, c, t) {
  return b.subtract(a).multiplyBy(2 * (1 - t)).add(c.subtract(b).multiplyBy(2 * t));
};
