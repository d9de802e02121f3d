// The base map: land, borders, water and names, fetched from this machine and drawn on canvas.
"use strict";

maaqil.BASE_STYLES = {
  countries: { stroke: true, color: "#8a8578", weight: 1.3, fill: true, fillColor: "#f6f3ec", fillOpacity: 1 },
  governorates: { stroke: true, color: "#c9c3b4", weight: 0.9, dashArray: "4 3", fill: false },
  lakes: { stroke: true, color: "#8db9d2", weight: 0.7, fill: true, fillColor: "#cfe3ee", fillOpacity: 1 },
  rivers: { stroke: true, color: "#7fb0cc", weight: 1.5, fill: false },
};

maaqil.base = function (map, options) {
  const words = options.words;
  map.attributionControl.addAttribution(words.credit);
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  const box = map.getContainer();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.map);
  box.classList.add("maaqil-map");
  const renderer = maaqil.pane(map, "base", 150, false); // below tiles (200) where tiles are chosen
  const style = function (name) {
    const look = Object.assign({ renderer: renderer, pane: "base", interactive: false, smoothFactor: 1 },
      maaqil.BASE_STYLES[name]);
    return function (feature) {
      return feature.properties.rank === 2 ? Object.assign({}, look, { weight: 0.9 }) : look;
    };
  };
  const load = function (name) {
    return fetch(maaqil.assets + "basemap/" + name + ".geojson").then(function (answer) {
      if (!answer.ok) throw new Error(name + ": " + answer.status);
      return answer.json();
    });
  };
  const layers = ["countries", "governorates", "lakes", "rivers"];
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
  country: { font: "700 17px", color: "#6d675a", spacing: "2px", from: 4, to: 7, centre: true },
  governorate: { font: "600 12.5px", color: "#9a9281", spacing: "0.5px", from: 7, to: 10, centre: true },
  water: { font: "italic 400 11.5px", color: "#40799a", spacing: "0.3px", from: 7, to: 20, centre: true },
  city: { font: "500 12.5px", color: "#3c3a35", spacing: "0px", from: 0, to: 20, centre: false },
};

maaqil.Names = L.Layer.extend({
  initialize: function (rows, lang) { this._rows = rows; this._lang = lang; },
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
    for (const row of this._rows) {
      const look = maaqil.NAME_STYLES[row.kind];
      if (zoom < Math.max(look.from, row.zoom || 0) || zoom > look.to) continue;
      const at = map.latLngToContainerPoint([row.lat, row.lon]);
      if (at.x < -40 || at.y < -20 || at.x > size.x + 40 || at.y > size.y + 20) continue;
      const text = rtl ? row.name : row.name_en;
      context.font = look.font + " " + maaqil.FONT;
      if (!rtl && "letterSpacing" in context) context.letterSpacing = look.spacing;
      const width = context.measureText(text).width, height = 15;
      let left = look.centre ? at.x - width / 2 : rtl ? at.x - 6 - width : at.x + 6;
      let top = look.centre ? at.y : at.y - 9;
      const room = [left - 2, top - height / 2, left + width + 2, top + height / 2];
      if (taken.some(function (b) { return room[0] < b[2] && room[2] > b[0] && room[1] < b[3] && room[3] > b[1]; })) continue;
      taken.push(room);
      context.strokeStyle = "rgba(255,255,255,0.85)";
      context.lineWidth = 3;
      context.textAlign = "left";
      context.strokeText(text, left, top);
      context.fillStyle = look.color;
      context.fillText(text, left, top);
      if (!look.centre) {
        context.beginPath();
        context.arc(at.x, at.y, 2.2, 0, 2 * Math.PI);
        context.fillStyle = "#6b675e";
        context.fill();
      }
    }
  },
});

maaqil.FONT = '"Noto Sans Arabic Maaqil", "Source Sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif';

maaqil.names = function (map, rows, lang) { new maaqil.Names(rows, lang).addTo(map); };
