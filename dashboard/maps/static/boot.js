// What every map of ours needs before it is drawn: where Leaflet's pictures lie, a plain credit,
// and our name space. Loaded after leaflet.js; nothing here may change from run to run.
"use strict";
window.maaqil = window.maaqil || {};
maaqil.assets = "../../map-assets/";
L.Icon.Default.imagePath = maaqil.assets + "leaflet/images/";
L.Control.Attribution.prototype.options.prefix = "Leaflet"; // the default links to another site

// A text node's parent: everything from an article is text, never HTML.
maaqil.element = function (tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

// A pane below or above Leaflet's own; canvas layers of one pane share one renderer.
maaqil.pane = function (map, name, zIndex, takesClicks) {
  if (!map.getPane(name)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    if (!takesClicks) pane.style.pointerEvents = "none";
  }
  map._maaqilRenderers = map._maaqilRenderers || {};
  map._maaqilRenderers[name] =
    map._maaqilRenderers[name] || new (takesClicks ? maaqil.Canvas : L.Canvas)({ pane: name, padding: 0.3, tolerance: 5 });
  return map._maaqilRenderers[name];
};
