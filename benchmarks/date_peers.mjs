// Runs a public date finder on texts: node date_peers.mjs chrono|recognizers FOLDER < texts.json > spans.json
// FOLDER is where `npm install chrono-node @microsoft/recognizers-text-date-time` was run. Input: [{text, reference}], the reference
// an ISO date; output: {seconds, spans: [[start, end, from, to], ...] for each text}. Both ends of a date are inclusive.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const [peer, folder] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(folder), "package.json"));
const texts = JSON.parse(readFileSync(0, "utf8"));
const DAY = 86400000;
const iso = (date) => date.toISOString().slice(0, 10);
const utc = (text) => new Date(`${text}T00:00:00Z`);

function bounds(parts) {
  // What chrono knows for certain bounds the interval; what it only implies does not.
  const [year, month, day] = [parts.get("year"), parts.get("month"), parts.get("day")];
  const sure = (what) => parts.isCertain(what);
  if (sure("day") || sure("weekday")) return [new Date(Date.UTC(year, month - 1, day)), new Date(Date.UTC(year, month - 1, day))];
  if (sure("month")) return [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 0))];
  if (sure("year")) return [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year, 11, 31))];
  return null;
}

function chrono() {
  const finder = load("chrono-node");
  return ({ text, reference }) =>
    finder.parse(text, new Date(`${reference}T12:00:00`)).flatMap((found) => {
      const first = bounds(found.start);
      const last = found.end ? bounds(found.end) : first;
      return first && last ? [[found.index, found.index + found.text.length, iso(first[0]), iso(last[1])]] : [];
    });
}

function recognizers() {
  const finder = load("@microsoft/recognizers-text-date-time");
  const read = (value) => {
    const entry = value instanceof Map ? Object.fromEntries(value) : value;
    if (entry.type === "date" && entry.value) return [utc(entry.value), utc(entry.value)];
    if (entry.type === "daterange" && entry.start && entry.end) return [utc(entry.start), new Date(utc(entry.end) - (exclusive(entry) ? DAY : 0))];
    return null;
  };
  // Its ranges end on the day after the last, but for "7-8 Feb", whose end is the day written.
  const exclusive = (entry) => !/^\(.*,P\d+D\)$/.test(entry.timex);
  return ({ text, reference }) =>
    finder.recognizeDateTime(text, "en-us", undefined, new Date(`${reference}T12:00:00`)).flatMap((found) => {
      const values = [...(found.resolution?.values ?? [])].map(read).filter((pair) => pair && !isNaN(pair[0]) && !isNaN(pair[1]));
      values.sort((a, b) => Math.abs(a[0] - utc(reference)) - Math.abs(b[0] - utc(reference)));
      return values.length ? [[found.start, found.end + 1, iso(values[0][0]), iso(values[0][1])]] : [];
    });
}

const find = { chrono, recognizers }[peer]();
find({ text: "Police 1 Feb left.", reference: "2026-02-15" });
const start = process.cpuUsage();
const spans = texts.map(find);
const used = process.cpuUsage(start);
console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6, spans }));
