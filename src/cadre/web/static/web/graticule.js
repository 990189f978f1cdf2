// Lines of latitude and longitude with their degrees, so that even an empty ocean is a place.

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];
const MOST_LINES = 8;
const POLE = 85;
const CORNER = 36; // pixels that the other texts take up
const FULL_TURN = 360;

export function drawGraticule(map, frame) {
  map.createPane("graticule").setAttribute("aria-hidden", "true");
  const drawn = L.layerGroup().addTo(map);
  const redraw = () => {
    drawn.clearLayers();
    for (const layer of layers(map, frame.dataset)) {
      drawn.addLayer(layer);
    }
  };
  map.on("moveend resize", redraw);
  redraw();
}

function* layers(map, words) {
  const view = map.getBounds();
  const [south, north] = [Math.max(view.getSouth(), -POLE), Math.min(view.getNorth(), POLE)];
  const [west, east] = [view.getWest(), view.getEast()];
  const step = STEPS.find((each) => (east - west) / each <= MOST_LINES) ?? STEPS.at(-1);
  for (const longitude of multiples(west, east, step)) {
    const turned = longitude - FULL_TURN * Math.round(longitude / FULL_TURN);
    yield line([[south, longitude], [north, longitude]]);
    yield text([north, longitude], degrees(turned, words.east, words.west), [30, -2]);
  }
  for (const latitude of multiples(south, north, step)) {
    yield line([[latitude, west], [latitude, east]]);
    if (clear(map, latitude)) {
      yield text([latitude, east], degrees(latitude, words.north, words.south), [58, 16]);
    }
  }
}

// At the top stand the degrees of longitude, at the bottom whose borders these are.
function clear(map, latitude) {
  const { y } = map.latLngToContainerPoint([latitude, 0]);
  return y > CORNER && y < map.getSize().y - CORNER;
}

function* multiples(from, to, step) {
  for (let number = Math.ceil(from / step); number * step < to; number += 1) {
    yield number * step;
  }
}

function degrees(value, ahead, behind) {
  const shown = String(Number(Math.abs(value).toFixed(1)));
  return (value < 0 ? behind : ahead).replace("{degrees}", shown);
}

function line(places) {
  return L.polyline(places, { pane: "graticule", className: "graticule", interactive: false });
}

function text(place, words, iconAnchor) {
  const shown = document.createElement("bdi");
  shown.textContent = words;
  const icon = L.divIcon({ className: "degree", html: shown, iconSize: [60, 16], iconAnchor });
  return L.marker(place, { icon, pane: "graticule", interactive: false, keyboard: false });
}
