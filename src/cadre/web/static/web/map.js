// Draws the sites of the table that follows the map. The table says everything; this adds where.

import { drawGraticule } from "./graticule.js";
import { arrange } from "./labels.js";

const FULL_TURN = 360;
const NAMES_FROM_ZOOM = 5;
const WORLD = [[-55, -150], [72, 160]];

for (const frame of document.querySelectorAll("[data-map]")) {
  const table = frame.parentElement.querySelector("table[data-sites]");
  const sites = [...(table?.querySelectorAll("tbody tr") ?? [])].map(siteOf);
  if (window.L && window.topojson) {
    frame.hidden = false;
    whenNear(frame, () => draw(frame, sites));
  }
}

function siteOf(row) {
  const { latitude, longitude, country, code, posture } = row.dataset;
  return {
    place: latitude === undefined ? null : [Number(latitude), Number(longitude)],
    country,
    code,
    posture,
    link: row.querySelector("th a"),
    badge: row.querySelector(".badge"),
  };
}

// The base map is the heaviest file: it is fetched only for a reader who comes near.
function whenNear(frame, act) {
  const watch = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      watch.disconnect();
      act();
    }
  }, { rootMargin: "50%" });
  watch.observe(frame);
}

async function draw(frame, sites) {
  const map = L.map(frame, {
    attributionControl: false,
    zoomControl: false,
    maxZoom: 12,
    minZoom: 1,
    zoomSnap: 0.5,
    maxBounds: [[-86, -200], [86, 200]],
    fadeAnimation: !calm(),
    zoomAnimation: !calm(),
    markerZoomAnimation: !calm(),
  });
  L.control.attribution({ prefix: false }).addAttribution(plain(frame.dataset.attribution).outerHTML).addTo(map);
  L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const placed = sites.filter((site) => site.place);
  show(map, placed.map((site) => site.place));
  const marks = placed.map((site) => mark(map, site, frame.dataset.close));
  map.on("zoomend", () => nameFrom(map, frame));
  nameFrom(map, frame);
  map.createPane("names").setAttribute("aria-hidden", "true");
  drawGraticule(map, frame);
  map.on("moveend resize", () => arrange(map, marks));
  arrange(map, marks);

  const land = await countries(frame);
  const filled = new Map();
  for (const site of sites) {
    const feature = site.country && !site.place && countryOf(site, land.features);
    if (feature) {
      filled.set(feature, site);
    }
  }
  L.geoJSON(land, {
    interactive: false,
    style: { className: "land", fillOpacity: 1 },
    onEachFeature: (feature, layer) => filled.has(feature) || name(feature, layer),
  }).addTo(map);
  const reach = L.latLngBounds(placed.map((site) => site.place));
  for (const [feature, site] of filled) {
    const area = fill(map, feature, site.posture);
    reach.extend(mainPart(area));
    marks.push(mark(map, { ...site, place: area.getCenter() }, frame.dataset.close));
  }
  if (filled.size) {
    show(map, reach);
  }
}

// All of what is given, with room around it; without anything, the world.
function show(map, places) {
  const reach = L.latLngBounds(places);
  if (reach.isValid()) {
    map.fitBounds(reach.pad(0.3), { maxZoom: 8 });
  } else {
    map.fitBounds(WORLD);
  }
}

// The country that a site is: a pattern and a colour say its posture, its marker the word.
function fill(map, feature, posture) {
  const layers = L.geoJSON(feature, {
    interactive: false,
    style: { className: "area", fillColor: `url(#pattern-${posture.replace(" ", "-")})`, fillOpacity: 1 },
  }).addTo(map);
  const [area] = layers.getLayers();
  area.getElement().dataset.posture = posture;
  return area;
}

// The largest part of a country, which is what a reader looks for, not its farthest island.
function mainPart(area) {
  const [first] = area.getLatLngs();
  return L.latLngBounds(first.flat(Infinity));
}

// The atlas knows countries by their English names, some of them shortened ("Bosnia and Herz.").
function countryOf(site, features) {
  const names = [site.country, englishName(site.code)].filter(Boolean).map(wordsOf);
  return features.find((feature) => {
    const words = wordsOf(feature.properties.name);
    return names.some((name) => alike(name, words));
  });
}

function englishName(code) {
  const known = /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  return known ? known.of(code) : "";
}

function wordsOf(text) {
  const plainText = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return plainText.split(/[^\p{L}.]+/u).filter((word) => word && !["and", "of", "the"].includes(word));
}

function alike(name, words) {
  return name.length === words.length && words.every((word, place) =>
    word.endsWith(".") ? name[place].startsWith(word.slice(0, -1)) : name[place] === word);
}

// From far away the names of countries would lie on top of each other.
function nameFrom(map, frame) {
  frame.toggleAttribute("data-near", map.getZoom() >= NAMES_FROM_ZOOM);
}

function name(country, layer) {
  const label = plain(country.properties.name);
  layer.bindTooltip(label, { permanent: true, direction: "center", className: "country", pane: "names" });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function mark(map, site, close) {
  const shape = site.badge.querySelector(".shape").cloneNode(true);
  const name = site.link.textContent.trim();
  const icon = L.divIcon({ className: "site", html: shape, iconSize: [26, 26] });
  const marker = L.marker(site.place, { icon, keyboard: true, riseOnHover: true }).addTo(map);
  const element = marker.getElement();
  element.dataset.posture = site.posture;
  element.setAttribute("aria-label", `${name}: ${site.badge.textContent.trim()}`);
  marker.bindTooltip(plain(name), { permanent: true, direction: "right", offset: [14, 0] });
  const label = marker.getTooltip();
  for (const [event, shown] of [["focus", true], ["blur", false], ["mouseenter", true], ["mouseleave", false]]) {
    element.addEventListener(event, () => label.getElement()?.toggleAttribute("data-shown", shown));
  }
  marker.bindPopup(story(site));
  marker.on("popupopen", ({ popup }) => {
    const opened = popup.getElement();
    opened.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", close);
    opened.addEventListener("keydown", (event) => event.key === "Escape" && marker.closePopup());
    opened.querySelector(".leaflet-popup-content a").focus();
  });
  marker.on("popupclose", () => setTimeout(() => element.focus({ preventScroll: true })));
  return { element, label };
}

function plain(text) {
  const shown = document.createElement("bdi");
  shown.textContent = text;
  return shown;
}

function story(site) {
  const shown = document.createElement("div");
  shown.className = "popup";
  shown.append(site.link.cloneNode(true), " ", site.badge.cloneNode(true));
  return shown;
}

async function countries(frame) {
  const sparing = navigator.connection?.saveData;
  const answer = await fetch(sparing ? frame.dataset.coarse : frame.dataset.countries);
  const atlas = await answer.json();
  const all = topojson.feature(atlas, atlas.objects.countries);
  return { type: "FeatureCollection", features: all.features.flatMap(uncrossed) };
}

// A ring that crosses the 180th meridian would be drawn as a line around the world. It is unrolled
// past 180 degrees instead, and drawn once on each side.
function uncrossed(feature) {
  const { type, coordinates } = feature.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const drawn = polygons.flatMap((polygon) => {
    const rings = polygon.map(unrolled);
    const shift = beyond(rings[0]);
    return shift ? [rings, rings.map((ring) => moved(ring, shift))] : [rings];
  });
  drawn.sort((one, other) => other[0].length - one[0].length); // the name stands on the first
  return [{ ...feature, geometry: { type: "MultiPolygon", coordinates: drawn } }];
}

function unrolled(ring) {
  let turns = 0;
  const line = ring.map(([longitude, latitude], place) => {
    if (place) {
      const step = longitude - ring[place - 1][0];
      turns -= Math.abs(step) > FULL_TURN / 2 ? Math.sign(step) : 0;
    }
    return [longitude + turns * FULL_TURN, latitude];
  });
  return turns ? aroundPole(line) : line;
}

// A ring that winds around a pole (Antarctica) is closed along that pole.
function aroundPole(line) {
  const pole = line[0][1] < 0 ? -90 : 90;
  return [...line, [line.at(-1)[0], pole], [line[0][0], pole], line[0]];
}

function beyond(ring) {
  const longitudes = ring.map(([longitude]) => longitude);
  if (Math.max(...longitudes) > FULL_TURN / 2) {
    return -FULL_TURN;
  }
  return Math.min(...longitudes) < -FULL_TURN / 2 ? FULL_TURN : 0;
}

function moved(ring, shift) {
  return ring.map(([longitude, latitude]) => [longitude + shift, latitude]);
}
