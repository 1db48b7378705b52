// The search: what it takes for a word, which words it takes for the same, and in which order it answers. It runs in a thread of its own
// (see search.js), or in the page where no thread may be started. It speaks with the search dialogs of both themes, each in its messages.
(function () {
  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;

  // ---- Words

  // Scripts that set no space between words, and Korean, which writes particles onto them: here any part of a run can be a word.
  var UNSPACED = "\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tibt}";
  // Arabic and Hebrew write the article and short prepositions onto the word, so a word is looked for within others as well.
  var PREFIXED = /^[\p{sc=Arab}\p{sc=Hebr}]/u;
  var LETTER = "[\\p{L}\\p{N}\\p{M}\\u00ad\\u200b-\\u200d\\u2060]", APOSTROPHE = "['\u2018\u2019\u02bc\u02b9`\u00b4\u05f3\u05f4]";
  var SPACED = "(?:(?![" + UNSPACED + "])" + LETTER + ")+";
  var WORD = new RegExp([
    "&(?:#?\\w+);", // a sign of HTML, and no word
    "\\p{Nd}{1,3}(?:[,.'\u2019\\u0020\\u00a0\\u2009\\u202f]\\p{Nd}{3})+(?!\\p{Nd})", // a number with its thousands set apart
    "\\p{Lu}(?:\\.\\p{Lu})+(?!\\p{L})", // U.S.
    "(?:(?=[\\p{L}\\p{M}\\p{N}])[" + UNSPACED + "])+",
    SPACED + "(?:(?:" + APOSTROPHE + "|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea]))" + SPACED + ")*",
  ].join("|"), "gu");
  var IS_UNSPACED = new RegExp("^[" + UNSPACED + "]", "u"), INNER = new RegExp(APOSTROPHE + "|[\"\\s]", "u");
  // A number is one word however its thousands are set apart.
  var JOINED = /^\p{Nd}+[,.'\u2019\u00a0\u2009\u202f]/u;
  var JOINTS = new RegExp("[\\s.,\"\\u00ad\\u200b-\\u200d\\u2060\u0640]|" + APOSTROPHE, "gu");
  // Signs on letters that searchers leave out; the vowel signs of Indian scripts and the marks of Thai and kana are letters, and stay.
  var MARKS = /[\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u1ab0-\u1aff\u1dc0-\u1dff]|(?<!\u0438)\u0306/gu;
  var OTHER = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ŋ: "n", ı: "i", ə: "e", ς: "σ", ґ: "г",
    ى: "ي", ة: "ه", ٱ: "ا", ک: "ك", ی: "ي",
  };
  var WRITTEN_OUT = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
  var DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/gu, ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

  function lower(text) { return /^[a-z0-9]*$/.test(text) ? text : text.normalize("NFC").toLowerCase().normalize("NFC"); }

  // The letters as they are compared: without case, accents and joints, whichever way they are encoded.
  function fold(text) {
    if (/^[a-z0-9]*$/.test(text)) return text;
    return text.normalize("NFKD").toLowerCase().replace(MARKS, "").normalize("NFC").replace(JOINTS, "")
      .replace(DIGITS, function (digit) {
        var code = digit.charCodeAt(0);
        return String(code - ZEROS.filter(function (zero) { return zero <= code; }).pop());
      })
      .replace(/[^a-z0-9]/gu, function (letter) { return OTHER[letter] || letter; });
  }

  // The words of a text, each with its place. Signs of HTML are none.
  function words(text) {
    return Array.from(text.matchAll(WORD)).filter(function (found) { return found[0][0] !== "&"; });
  }

  // ---- Stems: the same for the forms that a word takes in a language

  function english(word) {
    var vowel = "(?:[aeiou]|(?<=[^aeiou])y)";
    function measure(stem) { return (stem.replace(/^[^aeiouy]+|^y/, "").match(/[aeiouy]+[^aeiouy]+/g) || []).length; }
    function voiced(stem) { return new RegExp(vowel).test(stem); }
    function short(stem) { return /[^aeiou][aeiouy][^aeiouwxy]$/.test(stem); }
    function swap(pairs, least) {
      for (var pair of pairs) {
        if (!word.endsWith(pair[0])) continue;
        var stem = word.slice(0, word.length - pair[0].length);
        if (measure(stem) > least) word = stem + pair[1];
        return;
      }
    }
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
    word = word.replace(/(ss|i)es$/, "$1").replace(/([^s])s$/, "$1");
    if (/eed$/.test(word)) swap([["eed", "ee"]], 0);
    else {
      var cut = word.replace(/(ed|ing)$/, "");
      if (cut !== word && voiced(cut)) {
        if (/(at|bl|i[sz])$/.test(cut)) cut += "e"; // "is" as the British write it
        else if (/([^aeioulsz])\1$/.test(cut)) cut = cut.slice(0, -1);
        else if (measure(cut) === 1 && short(cut)) cut += "e";
        word = cut;
      }
    }
    if (/y$/.test(word) && voiced(word.slice(0, -1))) word = word.replace(/y$/, "i");
    swap([
      ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["abli", "able"], ["alli", "al"],
      ["entli", "ent"], ["eli", "e"], ["ousli", "ous"], ["isation", "ize"], ["ization", "ize"], ["ation", "ate"], ["ator", "ate"],
      ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"], ["iviti", "ive"], ["biliti", "ble"],
    ], 0);
    swap([["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""], ["ness", ""]], 0);
    if (/[st]ion$/.test(word)) swap([["ion", ""]], 1);
    else {
      swap("ement ance ence able ible ment ant ent ism ate iti ous ive ize ise al er ic ou".split(" ").map(function (end) {
        return [end, ""];
      }), 1);
    }
    var bare = word.replace(/e$/, "");
    if (bare !== word && (measure(bare) > 1 || (measure(bare) === 1 && !short(bare)))) word = bare;
    return /ll$/.test(word) && measure(word) > 1 ? word.slice(0, -1) : word;
  }

  // Russian and Ukrainian words have up to two stems: without the endings of nouns and adjectives, and without those of verbs, since what
  // looks like the ending of a verb is part of many a noun ("солдат"). The first leads on to words that begin with it. The well-known
  // stemmer by Snowball makes "приз" of "призыв", and "призыв" of "призыва".
  function slavic(nominal, verbal) {
    return function (word) {
      var plain = word.replace(/ё/gu, "е"), active = plain.replace(/(?<=.{3}[тлшйи]ь?)с[яь]$/u, "");
      var stems = [plain.replace(nominal, "").replace(/(?<=.{3})[ьйи]$/u, "").replace(/(?<=.{2})([^аеиоуыіюя])\1$/u, "$1")];
      if (verbal.test(active)) stems.push(active.replace(verbal, ""));
      return stems;
    };
  }

  function endings(least, list) { return new RegExp("(?<=.{" + least + "})(?:" + list.join("|") + ")$", "u"); }

  var russian = slavic(
    endings(3, [
      "иями|ией|ием|иям|иях|ия|ии|ию|ие|ий",
      "ыми|ими|ого|его|ому|ему|ая|яя|ое|ее|ые|ый|ой|ым|им|ых|их|ую|юю",
      "ьями|ьям|ьях|ьев|ьей|ьем|ья|ье|ью|ьи|ами|ями|ах|ях|ам|ям|ов|ев|ей|ою|ею|ом|ем",
      "[аяоуюеиыьй]",
    ]),
    endings(3, [
      "(?:ова|ева|а|я|и|ы|е|у)(?:ть|л|ла|ло|ли)|(?:а|я)(?:в|вши)|(?:а|я|у|ю)?(?:ешь|ет|ем|ете|ют|ут)|ишь|ит|им|ите|ат|ят",
    ])
  );
  var ukrainian = slavic(
    endings(3, [
      "ими|іми|ого|ього|ому|ьому|ої|ьої|ою|ьою|ій|ий|их|іх|им|ім|ую|юю|іями|ією|іям|іях|ія|ії|ію|іє",
      "ями|ами|ах|ях|ам|ям|ові|еві|єві|ів|їв|ей|ею|єю|ом|ем|єм",
      "[аяоуюеєиіїйь]",
    ]),
    endings(3, [
      "(?:ува|юва|а|я|и|і)(?:ти|ть|в|вши|ла|ло|ли)|(?:а|я|у|ю)?(?:єш|є|ємо|єте|ють|еш|е|емо|ете|уть)|иш|ить|имо|ите|ать|ять",
    ])
  );

  // The stemmers of other languages were written for lunr, and come before this script, one a language (see the build).
  function handedOn(stemmer) {
    return function (word) {
      var token = { str: word, update: function (change) { this.str = change(this.str); return this; }, toString: function () { return this.str; } };
      try {
        var stem = stemmer(token);
        return [String(stem === undefined ? word : stem) || word];
      } catch { return [word]; }
    };
  }

  var SCRIPTS = { ar: "Arab", el: "Grek", he: "Hebr", ru: "Cyrl", uk: "Cyrl" };

  // For each language that has a stemmer, to what words it applies, and the stemmer.
  function stemmers(languages) {
    var own = { en: function (word) { return [english(word)]; }, ru: russian, uk: ukrainian }, lunr = self.lunr || {};
    return languages.map(function (language) {
      var name = language.split("-")[0].replace(/^n[bn]$/, "no");
      var known = own[name] || (lunr[name] && lunr[name].stemmer && handedOn(lunr[name].stemmer));
      return known && { name: name, script: new RegExp("^[\\p{sc=" + (SCRIPTS[name] || "Latn") + "}\\p{M}'\u2019\u02bc]+$", "u"), stem: known };
    }).filter(Boolean);
  }

  // How a word can be met: its folded letters (the first of its forms), other ways to write them, and its stems. A word is among its own
  // stems, since stemmers take off what looks like an ending ("soldat" in Swedish, "остров" in Russian). The first stem in each language
  // is among the `leads`: what begins with it is found as well. Where the page's language has a stemmer for the word, it alone leads on:
  // what Ukrainian calls "призов" is another word in Russian, whose stem many words begin with.
  function known(word, stemming, page) {
    var small = lower(word), parts = JOINED.test(word) ? [] : small.split(INNER).filter(function (part) { return part.length > 1; });
    var out = small.replace(/[äöüøå]/gu, function (letter) { return WRITTEN_OUT[letter]; });
    var forms = new Set([small].concat(out === small ? [] : [out], parts).map(fold)), stems = new Set(), leads = new Set();
    new Set([small].concat(parts, Array.from(forms))).forEach(function (each) {
      var apt = stemming.filter(function (language) { return language.script.test(each); });
      var own = apt.find(function (language) { return language.name === page; });
      apt.forEach(function (language) {
        var found = language.stem(each).map(fold);
        if (!own || own === language) leads.add(found[0]);
        found.concat(fold(each)).forEach(function (stem) { stems.add(stem); });
      });
    });
    return { forms: Array.from(forms), stems: Array.from(stems), leads: Array.from(leads), unspaced: IS_UNSPACED.test(word) };
  }

  // ---- The index

  var WEIGHTS = { title: 6, tags: 4, text: 1 };

  // All words of the documents, each with the documents that hold it and how much it weighs there.
  function index(docs, languages) {
    var stemming = stemmers(languages), vocabulary = new Map(), written = new Map();
    docs.forEach(function (doc, at) {
      Object.keys(WEIGHTS).forEach(function (field) {
        [].concat(doc[field] || []).forEach(function (text) {
          words(text).forEach(function (found) {
            var word = written.get(found[0]), key;
            if (!word) {
              key = lower(found[0]);
              word = vocabulary.get(key) || Object.assign(known(key, stemming), {
                key: key, written: found[0], docs: new Map(), titled: false,
              });
              vocabulary.set(key, word);
              written.set(found[0], word);
            }
            word.docs.set(at, (word.docs.get(at) || 0) + WEIGHTS[field]);
            word.titled = word.titled || field === "title";
          });
        });
      });
    });
    return { docs: docs, stemming: stemming, vocabulary: Array.from(vocabulary.values()) };
  }

  // How well a word of the index answers a word that was typed: 1 for the same word, less for its other forms and what begins with it.
  function likeness(typed, word) {
    var form = typed.forms[0];
    if (typed.unspaced) return !word.unspaced ? 0 : word.forms[0] === form ? 1 : word.forms[0].includes(form) ? 0.8 : 0;
    if (word.unspaced) return 0;
    if (typed.forms.some(function (each) { return word.forms.includes(each); })) return 1;
    if (typed.stems.some(function (each) { return word.stems.includes(each); })) return 0.85;
    if (word.forms.some(function (each) { return each.startsWith(form); })) return 0.4;
    if (typed.leads.some(function (stem) { return stem.length > 2 && word.stems.some(function (each) { return each.startsWith(stem); }); })) return 0.3;
    return PREFIXED.test(form) && form.length > 2 && word.forms[0].includes(form) ? 0.3 : 0;
  }

  // Where nothing is like the word: what holds it, and what is one slip away from it.
  function farLikeness(typed, word) {
    var form = typed.forms[0];
    if (form.length > 3 && word.forms[0].includes(form)) return 0.3;
    return form.length > 4 && slipped(form, word.forms[0]) ? 0.2 : 0;
  }

  // Whether two words differ by one letter, or by two that have changed places.
  function slipped(one, other) {
    var from = 0, end = 0;
    if (Math.abs(one.length - other.length) > 1) return false;
    while (from < one.length && one[from] === other[from]) from++;
    while (end < Math.min(one.length, other.length) - from && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
    var left = one.slice(from, one.length - end), right = other.slice(from, other.length - end);
    return Math.max(left.length, right.length) < 2 || (left.length === 2 && left === right[1] + right[0]);
  }

  // A typed word, the words of the index that answer it, and for each document how much it holds
  // of them and which is most like it.
  function looked(typed, kept) {
    function matching(like) {
      return kept.vocabulary.map(function (word) { return { word: word, like: like(typed, word) }; }).filter(function (each) { return each.like; });
    }
    var found = matching(likeness), docs = new Map();
    if (!found.length && !typed.unspaced) found = matching(farLikeness);
    found.forEach(function (each) {
      each.word.docs.forEach(function (weight, at) {
        var held = docs.get(at);
        if (!held) docs.set(at, held = { weight: 0, like: 0, word: null });
        held.weight += each.like * weight;
        if (each.like > held.like) { held.like = each.like; held.word = each.word; }
      });
    });
    return { text: typed.text, form: typed.forms[0], unspaced: typed.unspaced, found: found, docs: docs };
  }

  // The typed words; a run without spaces that nothing holds as a whole is looked for by its pairs of letters.
  function terms(query, kept) {
    return words(query).flatMap(function (found) {
      var text = found[0], typed = Object.assign(known(text, kept.stemming, kept.page), { text: text });
      // Of a typed number the parts between its spaces are no words: "000" is in too many.
      if (/^\p{Nd}/u.test(text)) typed.forms = typed.forms.slice(0, 1);
      var term = looked(typed, kept);
      var letters = Array.from(text);
      if (!typed.unspaced || term.docs.size || letters.length < 3) return [term];
      return letters.slice(1).map(function (letter, at) {
        var pair = letters[at] + letter;
        return looked(Object.assign(known(pair, kept.stemming, kept.page), { text: pair }), kept);
      });
    });
  }

  var ENOUGH = 0.6;

  // The documents that answer, best first: { at, score, terms }. Those of the page's language stand before all others.
  function search(query, kept, language) {
    var asked = terms(query, kept), count = kept.docs.length, whole = 0, found = new Map(), best = 0;
    asked.forEach(function (term) {
      var rare = Math.log(1 + count / Math.max(1, term.docs.size));
      whole += rare;
      term.docs.forEach(function (held, at) {
        var one = found.get(at) || { at: at, met: 0, score: 0, terms: [] };
        one.met += rare;
        one.score += rare * held.weight / (held.weight + 3);
        one.terms.push(term);
        found.set(at, one);
      });
    });
    found.forEach(function (one) { best = Math.max(best, one.met); });
    return {
      asked: asked,
      found: Array.from(found.values()).filter(function (one) { return one.met >= ENOUGH * best; }).map(function (one) {
        var doc = kept.docs[one.at], page = doc.location.includes("#") ? 1 : 1.5, own = (doc.lang || kept.main) === language ? 1000 : 0;
        one.score = own + one.score * page * Math.pow(one.met / whole, 2);
        return one;
      }).sort(function (a, b) { return b.score - a.score || a.at - b.at; }),
    };
  }

  // ---- What is shown of it

  // The places in a text that answer: [start, end, term].
  function places(text, asked) {
    var found = [];
    words(text).forEach(function (one) {
      var key = lower(one[0]), term = asked.find(function (term) { return term.keys.has(key); }), start = one.index;
      if (!term) return;
      if (!term.unspaced) return found.push([start, start + one[0].length, term]);
      inRun(one[0], term.form).forEach(function (place) {
        found.push([start + place[0], start + place[1], term]);
      });
    });
    return found;
  }

  // Where folded letters stand in a run without spaces: [start, end]. A letter is taken with the
  // signs that belong to it.
  function inRun(run, form) {
    var folded = "", starts = [], ends = [], found = [];
    Array.from(run.matchAll(/.[\p{M}\u1160-\u11ff\uff9e\uff9f]*/gsu)).forEach(function (letter) {
      var plain = fold(letter[0]);
      folded += plain;
      for (var unit = 0; unit < plain.length; unit++) {
        starts.push(letter.index);
        ends.push(letter.index + letter[0].length);
      }
    });
    var at = form ? folded.indexOf(form) : -1;
    while (at >= 0) {
      found.push([starts[at], ends[at + form.length - 1]]);
      at = folded.indexOf(form, at + form.length);
    }
    return found;
  }

  function marked(text, found) {
    var at = 0, out = "";
    found.forEach(function (place) {
      out += text.slice(at, place[0]) + "<mark>" + text.slice(place[0], place[1]) + "</mark>";
      at = place[1];
    });
    return out + text.slice(at);
  }

  var ROOM = 220;

  // Some words around the place where most of what was typed stands together, with marks.
  function excerpt(text, found) {
    var first = found[0], most = 0;
    if (text.length <= ROOM) return marked(text, found);
    found.forEach(function (place, at) {
      var near = new Set(found.slice(at).filter(function (other) { return other[1] < place[0] + ROOM * 0.7; }).map(function (other) { return other[2]; }));
      if (near.size > most) { most = near.size; first = place; }
    });
    var from = first ? Math.max(0, first[0] - ROOM / 4) : 0, to = Math.min(text.length, from + ROOM);
    // Not within a word, nor within a sign of HTML; a script without spaces is cut where it comes.
    if (from) from = nearest(text, from, first[0]);
    if (to < text.length) to = text.lastIndexOf(" ", to) > from + ROOM / 2 ? text.lastIndexOf(" ", to) : signless(text, to);
    if (first) to = Math.max(to, first[1]);
    var within = found.filter(function (place) { return place[0] >= from && place[1] <= to; });
    var cut = marked(text.slice(from, to), within.map(function (place) { return [place[0] - from, place[1] - from]; }));
    return (from ? "… " : "") + cut + (to < text.length ? " …" : "");
  }

  function nearest(text, from, limit) {
    var space = text.indexOf(" ", from);
    return space >= 0 && space < limit ? space + 1 : signless(text, from);
  }

  function signless(text, at) {
    var open = text.lastIndexOf("&", at), close = text.indexOf(";", open);
    return open >= 0 && close >= at && close - open < 10 ? open : at;
  }

  function prepare(asked) {
    asked.forEach(function (term) { term.keys = new Set(term.found.map(function (each) { return each.word.key; })); });
  }

  // ---- Material for MkDocs: the index is { config, docs }, an answer the documents by page

  // To find the words in a text costs more than to find the text. So the first pages alone, each
  // with its first sections, are shown with the words around what was found; others with how they
  // begin. A reader sees some ten pages at a time.
  var PAGES_IN_FULL = 50, SECTIONS_IN_FULL = 20, BEGINNING = 60, MOST_MARKED = 8;

  function material(kept, query) {
    var result = search(query, kept, kept.language), groups = new Map(), inFull = new Set();
    prepare(result.asked);
    result.found.forEach(function (one) {
      var doc = kept.docs[one.at], page = doc.location.split("#")[0];
      if (!groups.has(page)) groups.set(page, []);
      if (groups.size <= PAGES_IN_FULL) inFull.add(page);
      var items = groups.get(page);
      if (inFull.has(page) && items.length < SECTIONS_IN_FULL) items.push(shown(doc, one, result.asked));
      else items.push(plain(doc, one.score, marking(written(one))));
    });
    groups.forEach(function (items, page) {
      // The dialog names the page above its sections. It leads to the same words.
      if (!items.some(function (item) { return item.location === page; })) {
        items.push(plain(kept.pages.get(page), 0, marking(items.flatMap(function (item) {
          return Object.keys(item.terms).filter(function (word) { return item.terms[word]; });
        }))));
      }
    });
    return { items: Array.from(groups.values()), suggest: suggested(query, result.asked) };
  }

  function shown(doc, one, asked) {
    var inTitle = places(doc.title, asked), inText = places(doc.text, asked);
    var said = inTitle.map(function (place) { return doc.title.slice(place[0], place[1]); })
      .concat(inText.map(function (place) { return doc.text.slice(place[0], place[1]); }));
    // What was found by its other words alone has none of them in its text.
    var marks = marking(said.length ? said.slice(0, 40) : written(one));
    asked.forEach(function (term) { if (!one.terms.includes(term)) marks[term.text] = false; });
    return Object.assign({}, doc, {
      title: marked(doc.title, inTitle), text: excerpt(doc.text, inText), score: one.score, terms: marks,
    });
  }

  // A document without marks, with the beginning of its text.
  function plain(doc, score, marks) {
    var text = doc.text, cut = text.lastIndexOf(" ", BEGINNING);
    if (cut <= 0) cut = signless(text, BEGINNING);
    if (text.length > BEGINNING) text = text.slice(0, cut) + " …";
    return { location: doc.location, title: doc.title, text: text, score: score, terms: marks };
  }

  // For each typed word that a document answers, the word there that is most like it, as the index
  // first met it.
  function written(one) {
    return one.terms.map(function (term) {
      return term.unspaced ? term.text : term.docs.get(one.at).word.written;
    });
  }

  function longer(one, other) { return other.length > one.length ? other : one; }

  // The words that the page is to mark when it is opened, as a theme takes them. The themes look
  // for them in text whose quotation marks are entities, where a word with a straight one is never
  // found; its longest part is.
  function marking(said) {
    var marks = {};
    // The page takes each word between spaces for one to mark: "160 000" would mark every "000".
    var whole = said.filter(function (word) { return !/\s/.test(word); });
    var parts = new Set((whole.length ? whole : said).map(function (word) { return word.split(/['"\s]/).reduce(longer); }));
    Array.from(parts).slice(0, MOST_MARKED).forEach(function (word) { marks[word] = true; });
    return marks;
  }

  // The most frequent word of a title that begins with the word that is being typed.
  function suggested(query, asked) {
    var typing = lower(query.split(/[\s-]+/).pop() || ""), last = asked[asked.length - 1];
    if (!typing || !last) return [];
    return last.found.map(function (each) { return each.word; })
      .filter(function (word) { return word.titled && word.key.startsWith(typing); })
      .sort(function (a, b) { return b.docs.size - a.docs.size || a.key.length - b.key.length; })
      .slice(0, 1).map(function (word) { return word.key; });
  }

  // ---- Zensical: the index is { config, items }, an answer numbers of items with places to mark, some at a time

  function zensical(kept, query) {
    var typed = typeof query.input === "string" ? query.input.replace(/&(amp|lt|gt);/g, " ") : "";
    var chosen = query.filter.input.data.operands.map(function (each) { return each.data.value; });
    var result = search(typed, kept, kept.language), counts = new Map(), page = query.page || { from: 0, size: 10 };
    prepare(result.asked);
    var all = typed ? result.found : chosen.length ? kept.docs.map(function (doc, at) { return { at: at, score: 0 }; }) : [];
    all = all.filter(function (one) {
      var tags = kept.docs[one.at].tags || [];
      return chosen.every(function (tag) { return tags.includes(tag); });
    });
    all.forEach(function (one) { (kept.docs[one.at].tags || []).forEach(function (tag) { counts.set(tag, (counts.get(tag) || 0) + 1); }); });
    var items = all.slice(page.from, page.from + page.size).map(function (one) {
      var doc = kept.docs[one.at];
      return {
        id: one.at,
        matches: ["title", "text"].map(function (field) {
          var ranges = places(doc[field], result.asked).map(function (place) { return { start: place[0], end: place[1], value: place[1] - place[0] }; });
          return { id: one.at, field: field, value: { highlight: { ranges: ranges } }, score: one.score };
        }),
      };
    });
    function other(from) { return from >= 0 && from < all.length ? { id: 0, size: page.size, from: from } : undefined; }
    return {
      items: items,
      query: { select: { documents: { size: 0, data: [] }, terms: { size: 0, data: [] } }, values: [] },
      pagination: { total: all.length, prev: other(page.from - page.size), next: other(page.from + page.size) },
      aggregations: [{ type: "term", data: { field: "tags", value: Array.from(counts, function (pair) {
        return { node: { value: pair[0], count: pair[1] }, children: [] };
      }) } }],
    };
  }

  // ---- Messages

  var kept = null;

  // The answer to a message of a dialog; to the first, which brings the index, that it is ready.
  self.answerSearch = function (message) {
    var data = message.data;
    if (message.type === QUERY) return { type: RESULT, data: kept.answer(kept, data) };
    if (message.type !== SETUP) throw new TypeError("no message of a search");
    kept = index(data.docs || data.items, data.config.lang);
    kept.main = data.config.lang[0];
    kept.language = data.language;
    kept.page = String(data.language || "").split("-")[0].replace(/^n[bn]$/, "no");
    kept.answer = data.docs ? material : zensical;
    kept.pages = new Map(kept.docs.filter(function (doc) { return !doc.location.includes("#"); }).map(function (doc) { return [doc.location, doc]; }));
    return { type: READY };
  };

  if (typeof document === "undefined") {
    self.addEventListener("message", function (event) { self.postMessage(self.answerSearch(event.data)); });
  }
})();
