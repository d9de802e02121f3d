// The base map: land, borders, water and names, fetched from this machine and drawn on canvas.
"use strict";

maaqil.BASE_STYLES = {
  elsewhere: { stroke: false, fill: true, fillColor: "#f6f3ec", fillOpacity: 1 },
  countries: { stroke: true, color: "#f6f3ec", weight: 0.6, fill: true, fillColor: "#f6f3ec", fillOpacity: 1 },
  borders: { stroke: true, color: "#8a8578", weight: 1.3, fill: false },
  governorates: { stroke: true, color: "#c9c3b4", weight: 0.9, dashArray: "4 3", fill: false },
  lakes: { stroke: true, color: "#8db9d2", weight: 0.7, fill: true, fillColor: "#cfe3ee", fillOpacity: 1 },
  rivers: { stroke: true, color: "#7fb0cc", weight: 1.5, fill: false },
};

maaqil.base = function (map, options) {
  const words = options.words;
  map.attributionControl.addAttribution(words.credit);
  map.attributionControl.getContainer().dir = options.lang === "ar" ? "rtl" : "ltr";
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  const scale = L.control.scale({ imperial: false, position: "bottomright" });
  scale._updateMetric = function (metres) { // as Leaflet's, in the words of the language
    const round = this._getRoundNum(metres);
    const text = round < 1000 ? round + " " + words.metres : round / 1000 + " " + words.kilometres;
    this._updateScale(this._mScale, text, round / metres);
  };
  scale.addTo(map);
  scale.getContainer().dir = map.attributionControl.getContainer().dir;
  map.setMinZoom(options.zooms[0]);
  map.setMaxZoom(options.zooms[1]);
  const box = map.getContainer();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.map);
  box.classList.add("maaqil-map");
  // Leaflet takes the focus at a click: the ring around the map is for those who came by keyboard.
  box.addEventListener("pointerdown", function () { box.classList.add("by-pointer"); }, true);
  box.addEventListener("keydown", function () { box.classList.remove("by-pointer"); }, true);
  const renderer = maaqil.pane(map, "base", 150, false); // below tiles (200) where tiles are chosen
  const style = function (name) {
    const look = Object.assign({ renderer: renderer, pane: "base", interactive: false, smoothFactor: 1 },
      maaqil.BASE_STYLES[name]);
    return function (feature) {
      return feature.properties.rank === "2" ? Object.assign({}, look, { weight: 0.9 }) : look;
    };
  };
  const load = function (name) {
    return fetch(maaqil.assets + "basemap/" + name + ".geojson").then(function (answer) {
      if (!answer.ok) throw new Error(name + ": " + answer.status);
      return answer.json();
    });
  };
  const layers = ["elsewhere", "countries", "lakes", "rivers", "governorates", "borders"];
  Promise.all(layers.map(load)).then(function (files) {
    if (options.tiles) return; // the user's tiles show it all
    files.forEach(function (data, i) {
      L.geoJSON(data, { style: style(layers[i]), interactive: false, pane: "base", renderer: renderer }).addTo(map);
    });
  }).catch(function (error) { maaqil.complain(map, words.no_base, error); });
  if (!options.tiles) {
    fetch(maaqil.assets + "names.json").then(function (answer) { return answer.json(); })
      .then(function (names) { maaqil.names(map, names, options.lang); })
      .catch(function (error) { maaqil.complain(map, words.no_base, error); });
  }
};

// Never a blank map without a message.
maaqil.complain = function (map, text, error) {
  console.error("base map", error);
  if (map._maaqilComplaint) return;
  map._maaqilComplaint = maaqil.element("div", "maaqil-complaint", text);
  map._maaqilComplaint.setAttribute("role", "alert");
  map.getContainer().appendChild(map._maaqilComplaint);
};

// Names on the map, each where it fits: the most important first, none over another.
maaqil.NAME_STYLES = {
  country: { font: "700 17px", color: "#6d675a", spacing: "2px", from: 5, to: 7, centre: true },
  governorate: { font: "600 12.5px", color: "#9a9281", spacing: "0.5px", from: 7, to: 10, centre: true },
  water: { font: "italic 400 11.5px", color: "#40799a", spacing: "0.3px", from: 7, to: 20, centre: true },
  city: { font: "500 12.5px", color: "#3c3a35", spacing: "0px", from: 0, to: 20, centre: false },
};

maaqil.Names = L.Layer.extend({
  initialize: function (rows, lang) { this._rows = rows; this._lang = lang; this._marks = []; },
  getEvents: function () { return { moveend: this._draw, viewreset: this._draw, resize: this._draw, zoomanim: this._hide }; },
  onAdd: function (map) {
    maaqil.pane(map, "names", 350, false); // above land and tiles, below the marks
    this._canvas = L.DomUtil.create("canvas", "maaqil-names", map.getPane("names"));
    this._draw();
    document.fonts.ready.then(this._draw.bind(this));
  },
  onRemove: function () { this._canvas.remove(); },
  _hide: function () { this._canvas.style.opacity = 0; },
  _draw: function () {
    const map = this._map;
    if (!map) return;
    const size = map.getSize(), ratio = window.devicePixelRatio || 1, zoom = map.getZoom();
    const canvas = this._canvas, rtl = this._lang === "ar", taken = [];
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    canvas.style.opacity = 1;
    canvas.width = size.x * ratio; canvas.height = size.y * ratio;
    canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.direction = rtl ? "rtl" : "ltr";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const marks = this._marks.map(function (mark) {
      const at = map.latLngToContainerPoint(mark.getLatLng());
      return { x: at.x, y: at.y, r: mark.getRadius() };
    });
    const free = function (box) {
      return !taken.some(function (b) { return box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]; });
    };
    const centres = function (row) { // a country has room for its name elsewhere too
      return [[row.lat, row.lon]].concat(row.also || []).map(function (p) { return map.latLngToContainerPoint(p); });
    };
    marks.forEach(function (m) { taken.push([m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r]); });
    maaqil.corners(map).forEach(function (box) { taken.push(box); });
    for (const row of this._rows.concat(this._markNames(zoom))) {
      const look = maaqil.NAME_STYLES[row.kind];
      if (zoom < Math.max(look.from, row.zoom || 0) || zoom > look.to) continue;
      const at = map.latLngToContainerPoint([row.lat, row.lon]);
      if (at.x < -40 || at.y < -20 || at.x > size.x + 40 || at.y > size.y + 20) continue;
      const text = rtl ? row.name : row.name_en;
      context.font = look.font + " " + maaqil.FONT;
      if ("letterSpacing" in context) context.letterSpacing = rtl ? "0px" : look.spacing;
      const width = context.measureText(text).width, half = 7.5;
      // A marked town's name stands beside its mark, and the mark is its dot.
      const under = look.centre ? [] : marks.filter(function (m) { return Math.hypot(m.x - at.x, m.y - at.y) < m.r; });
      const gap = 6 + under.reduce(function (most, m) { return Math.max(most, m.r); }, 0);
      const places = look.centre ? centres(row).map(function (p) { return [p.x - width / 2, p.y]; }) : maaqil.besides(at, width, gap, rtl);
      const place = places.find(function (p) { return free([p[0] - 2, p[1] - half, p[0] + width + 2, p[1] + half]); });
      if (!place) continue;
      taken.push([place[0] - 2, place[1] - half, place[0] + width + 2, place[1] + half]);
      context.strokeStyle = "rgba(255,255,255,0.9)";
      context.lineWidth = 3;
      context.textAlign = "left";
      context.strokeText(text, place[0], place[1]);
      context.fillStyle = look.color;
      context.fillText(text, place[0], place[1]);
      if (!look.centre && !under.length) {
        context.beginPath();
        context.arc(at.x, at.y, 2.2, 0, 2 * Math.PI);
        context.fillStyle = "#6b675e";
        context.fill();
      }
    }
  },
  // The marks now on the map: names keep clear of them, and marks that no name belongs to get one.
  keepClear: function (marks) { this._marks = marks; this._draw(); },
  _markNames: function (zoom) {
    const rows = this._rows, lang = this._lang;
    if (zoom < 7) return [];
    return this._marks.map(function (mark) {
      const at = mark.getLatLng(), name = mark.options.tip[0];
      const known = rows.some(function (row) { return row.kind !== "water" && (lang === "ar" ? row.name : row.name_en) === name; });
      return known ? null : { kind: "city", name: name, name_en: name, lat: at.lat, lon: at.lng };
    }).filter(Boolean);
  },
});

// What the scale, the buttons and the legend cover, in pixels of the map.
maaqil.corners = function (map) {
  const frame = map.getContainer().getBoundingClientRect(), boxes = [];
  map.getContainer().querySelectorAll(".leaflet-control").forEach(function (control) {
    const box = control.getBoundingClientRect();
    if (box.width > 0.8 * frame.width) return; // its style has not come yet
    boxes.push([box.left - frame.left - 3, box.top - frame.top - 3, box.right - frame.left + 3, box.bottom - frame.top + 3]);
  });
  return boxes;
};

// Where a name may stand beside a point, the best first: on the side where reading goes on, on the
// other side, above, below, aslant.
maaqil.besides = function (at, width, gap, rtl) {
  const right = [at.x + gap, at.y], left = [at.x - gap - width, at.y], middle = at.x - width / 2;
  const sides = rtl ? [left, right] : [right, left], slant = 0.7 * gap + 5;
  const corners = [-slant, slant].flatMap(function (y) { return sides.map(function (side) { return [side[0] + (side === right ? -4 : 4), side[1] + y]; }); });
  return sides.concat([[middle, at.y - gap - 6], [middle, at.y + gap + 6]], corners);
};

maaqil.FONT = '"Noto Sans Arabic Maaqil", "Source Sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif';

maaqil.names = function (map, rows, lang) {
  map._maaqilNames = new maaqil.Names(rows, lang).addTo(map);
  if (map._maaqilMarks) maaqil.clear(map);
};
