// Marks that lie on one another: which is drawn on top, which stands for which at a small scale,
// and which one the pointer means. A spot is a place with all its marks (events, ring of status).
"use strict";

maaqil.FOLD_BELOW = 9; // zoom from which on every place has a mark of its own
maaqil.CLOSEST = 10; // a click on several places zooms in no closer: what lies around stays in sight
maaqil.FOLD_PIXELS = 12; // a quarter or site so near to its town is told by the town's mark
maaqil.MEANT_PIXELS = 5; // a pointer so near to a mark's centre means that mark
maaqil.VAGUE = 0; maaqil.SITE = 1; maaqil.SETTLEMENT = 2; // ranks, as rank() in layer.py gives them
maaqil.NAMED = 4; // names in one line of a tooltip; the others are counted

// The spots of a group, those with the largest mark first; every mark knows its spot.
maaqil.spots = function (group, selected) {
  const spots = new Map();
  group.eachLayer(function (mark) {
    if (!(mark instanceof maaqil.Mark) || mark.options.look.shape === "head") return;
    const id = mark.options.place, told = mark.options.number;
    if (!spots.has(id)) spots.set(id, { id: id, events: 0, tip: [], state: [], marks: [], selected: id === selected, into: null, holds: [] });
    const spot = mark.options.spot = spots.get(id);
    spot.marks.push(mark);
    if (told !== null) spot.events = told; else spot.state = mark.options.tip.slice(1);
    if (told !== null || spot.rank === undefined) spot.rank = mark.options.rank; // events know how precise they are
    if (!spot.main || mark.getRadius() > spot.main.getRadius()) spot.main = mark;
    mark.options.tip.forEach(function (line) { if (!spot.tip.includes(line)) spot.tip.push(line); });
  });
  return Array.from(spots.values()).sort(function (a, b) { return b.main.getRadius() - a.main.getRadius(); });
};

// Fold quarters and sites into the mark of the larger settlement that they touch at this zoom. What is
// chosen stands alone: its number is that of its own events, as the page beside the map tells it.
maaqil.fold = function (map) {
  const spots = map._maaqilSpots, sizes = map._maaqilSizes, zoom = map.getZoom();
  spots.forEach(function (spot) { spot.into = null; spot.holds = []; });
  if (zoom < maaqil.FOLD_BELOW) {
    const at = new Map(spots.map(function (spot) { return [spot, map.project(spot.main.getLatLng(), zoom)]; }));
    const towns = spots.filter(function (spot) { return spot.rank === maaqil.SETTLEMENT; });
    spots.forEach(function (spot) {
      if (spot.rank !== maaqil.SITE || spot.selected) return;
      let least = Infinity;
      towns.forEach(function (town) {
        const apart = at.get(town).distanceTo(at.get(spot));
        if (town.events < spot.events || apart >= least) return;
        if (apart > Math.max(maaqil.FOLD_PIXELS, maaqil.size(town.events, sizes))) return;
        least = apart; spot.into = town;
      });
      if (spot.into && spot.into.selected) spot.into = null;
      if (spot.into) spot.into.holds.push(spot);
    });
  }
  spots.forEach(function (spot) {
    const total = maaqil.together(spot);
    const grown = maaqil.size(total, sizes) - maaqil.size(spot.events, sizes);
    spot.marks.forEach(function (mark) {
      const before = [mark.options.hidden, mark.options.text, mark.getRadius()].join();
      mark.options.hidden = Boolean(spot.into);
      mark.options.text = mark.options.number !== null && total > 1 ? total : "";
      const radius = mark.options.own + grown;
      if (before !== [mark.options.hidden, mark.options.text, radius].join()) mark.setRadius(radius);
    });
  });
};

// The events of a spot and of what is folded into it: the number on its mark.
maaqil.together = function (spot) {
  return spot.holds.reduce(function (sum, held) { return sum + held.events; }, spot.events);
};

// Look so close at a mark that all that is folded into it comes out.
maaqil.unfold = function (map, spot) {
  const bounds = L.latLngBounds([spot].concat(spot.holds).map(function (one) { return one.main.getLatLng(); }));
  const zoom = Math.max(maaqil.FOLD_BELOW, map.getBoundsZoom(bounds.pad(0.1), false, L.point(120, 120)));
  maaqil.untip(map); // it told the number of all together
  map.setView(bounds.getCenter(), Math.min(zoom, maaqil.CLOSEST));
};

// A mark's radius, as radius() in layer.py gives it.
maaqil.size = function (events, sizes) {
  return Math.min(sizes[2], sizes[0] + sizes[1] * Math.sqrt(Math.max(events - 1, 0)));
};

// Draw regions and what is computed below settlements and sites, rings below the marks of events.
maaqil.stack = function (spots) {
  const marks = [].concat.apply([], spots.map(function (spot) { return spot.marks; }));
  const level = function (mark) {
    const spot = mark.options.spot;
    return (spot.rank > maaqil.VAGUE ? 4 : 0) + (mark.options.number === null ? 0 : 2) + (spot.selected ? 1 : 0);
  };
  marks.sort(function (a, b) { return level(a) - level(b) || L.stamp(a) - L.stamp(b); });
  marks.forEach(function (mark) { mark.bringToFront(); });
};

// What a tooltip says of a mark: its own lines, or what is folded into it, each with its number; and
// what lies under it.
maaqil.lines = function (map, mark, beneath) {
  const spot = mark.options.spot, words = map._maaqilWords;
  const folded = spot && spot.holds.length > 0;
  const lines = folded
    ? [spot.tip[0], words.events + ": " + maaqil.together(spot)].concat(spot.state)
    : (spot ? spot.tip : mark.options.tip).slice();
  const named = function (title, others, most) {
    if (!others.length) return;
    const names = others.slice(0, most).map(function (other) { return other.tip[0] + (other.events ? " (" + other.events + ")" : ""); });
    const more = others.length - names.length;
    lines.push(title + ": " + names.join(words.comma) + (more ? words.comma + "+" + more : ""));
  };
  if (folded) named(words.folded, [spot].concat(spot.holds), maaqil.NAMED + 1);
  named(words.beneath, beneath, maaqil.NAMED);
  if (folded) lines.push(words.closer);
  return lines;
};

// The canvas of the marks: of several marks under the pointer it takes the one that is meant, where
// Leaflet takes the one drawn last.
maaqil.Canvas = L.Canvas.extend({
  // The layers under a point, the one that is meant first; one a place.
  _under: function (point) {
    const found = new Map();
    for (let order = this._drawFirst; order; order = order.next) {
      const layer = order.layer, spot = layer.options.spot;
      if (!layer.options.interactive || layer.options.hidden || !layer._containsPoint(point)) continue;
      if (!spot) { found.set(layer, { layer: layer, score: [0] }); continue; }
      const apart = spot.main._point.distanceTo(point), near = apart <= maaqil.MEANT_PIXELS;
      const precise = spot.rank > maaqil.VAGUE, within = near || apart <= spot.main.getRadius();
      found.set(spot, { layer: spot.main, score: [1, Number(within), Number(precise), Number(near), spot.events, -apart] });
    }
    return Array.from(found.values()).sort(function (a, b) {
      const i = a.score.findIndex(function (value, at) { return value !== b.score[at]; });
      return i < 0 ? 0 : b.score[i] - a.score[i];
    }).map(function (hit) { return hit.layer; });
  },
  _onClick: function (event) {
    const layer = this._under(this._map.mouseEventToLayerPoint(event))[0];
    const dragged = layer && event.type === "click" && this._map._draggableMoved(layer);
    const spot = layer && layer.options.spot;
    if (spot && spot.holds.length && event.type === "click" && !dragged) { // several places: first part them
      maaqil.unfold(this._map, spot);
      this._hoveredKey = ""; // what the pointer rests on is told anew
      return;
    }
    this._fireEvent(layer && !dragged ? [layer] : false, event);
  },
  _handleMouseHover: function (event, point) {
    if (this._mouseHoverThrottled) return;
    const under = this._under(point), key = under.map(L.stamp).join();
    if (key !== this._hoveredKey) {
      this._handleMouseOut(event);
      this._hoveredKey = key;
      this._map._maaqilBeneath = under.slice(1).map(function (layer) { return layer.options.spot; }).filter(function (spot) {
        return spot && spot.main._point.distanceTo(point) <= spot.main.getRadius(); // near by is not beneath
      });
      if (under.length) {
        L.DomUtil.addClass(this._container, "leaflet-interactive");
        this._fireEvent([under[0]], event, "mouseover");
        this._hoveredLayer = under[0];
      }
    }
    this._fireEvent(this._hoveredLayer ? [this._hoveredLayer] : false, event);
    this._mouseHoverThrottled = true;
    setTimeout(function () { this._mouseHoverThrottled = false; }.bind(this), 32); // as Leaflet does
  },
  _handleMouseOut: function (event) {
    this._hoveredKey = "";
    L.Canvas.prototype._handleMouseOut.call(this, event);
  },
});
