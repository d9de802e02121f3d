BEGIN TRANSACTION;
CREATE TABLE about (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "about" VALUES('schema_version','1');
CREATE TABLE ancestors (
	ancestor VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	PRIMARY KEY (ancestor, place), 
	FOREIGN KEY(place) REFERENCES places (id) ON DELETE CASCADE
);
INSERT INTO "ancestors" VALUES('sy','sy-mayadin');
INSERT INTO "ancestors" VALUES('sy-deir-ez-zor-governorate','sy-mayadin');
INSERT INTO "ancestors" VALUES('sy-mayadin','sy-mayadin');
INSERT INTO "ancestors" VALUES('iq','iq-mosul');
INSERT INTO "ancestors" VALUES('iq-mosul','iq-mosul');
INSERT INTO "ancestors" VALUES('iq-nineveh','iq-mosul');
INSERT INTO "ancestors" VALUES('sy','sy-raqqa');
INSERT INTO "ancestors" VALUES('sy-raqqa','sy-raqqa');
INSERT INTO "ancestors" VALUES('sy-raqqa-governorate','sy-raqqa');
INSERT INTO "ancestors" VALUES('sy','~45-km-se-sy-mayadin');
INSERT INTO "ancestors" VALUES('sy-deir-ez-zor-governorate','~45-km-se-sy-mayadin');
INSERT INTO "ancestors" VALUES('sy-mayadin','~45-km-se-sy-mayadin');
INSERT INTO "ancestors" VALUES('~45-km-se-sy-mayadin','~45-km-se-sy-mayadin');
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	title TEXT, 
	published DATE, 
	shown TEXT NOT NULL, 
	source VARCHAR, 
	url VARCHAR, 
	file VARCHAR, 
	month VARCHAR(7), 
	digest VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('a','دخلت القوات مدينة الرقة أمس. وغادر القادة إلى الميادين.','الرَّقة تسقط','2017-10-18','[["2017-10-18", "manifest"]]','صدى',NULL,'a.txt','2017-10','9c7564d28b500198fca5ed550ed1edbd09556fc0607ad51666fa6a7ef776bd2c');
INSERT INTO "articles" VALUES('b','دخلت القوات مدينة الرقة أمس. وغادر القادة إلى الميادين.','غارات على المَيادين','2017-10-18','[["2017-10-18", "manifest"]]','نهر',NULL,'a.txt','2017-10','8cf41d4e0926eded0f4861f93d34b32572ac97787dbf9d3cf02961117b81f78f');
INSERT INTO "articles" VALUES('c','دخلت القوات مدينة الرقة أمس. وغادر القادة إلى الميادين.',NULL,NULL,'[["2017-10-18", "manifest"]]',NULL,NULL,'a.txt',NULL,'4e1bac93cef6dc33f5d295d6ee86075149e705144d86e6a191f3c5baf84618de');
CREATE TABLE events (
	number INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	article VARCHAR NOT NULL, 
	ordinal INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	place VARCHAR, 
	lat FLOAT, 
	lon FLOAT, 
	actor VARCHAR, 
	target VARCHAR, 
	first_day DATE, 
	last_day DATE, 
	wide INTEGER, 
	month VARCHAR(7), 
	modality VARCHAR NOT NULL, 
	geo_precision INTEGER NOT NULL, 
	confidence FLOAT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE, 
	FOREIGN KEY(place) REFERENCES places (id)
);
INSERT INTO "events" VALUES(1,'e1','a',0,'relocation','sy-mayadin',35.02,40.45,'SDF','IS','2017-10-17','2017-10-17',0,'2017-10','reported',1,0.8);
INSERT INTO "events" VALUES(2,'e2','a',1,'capture',NULL,NULL,NULL,NULL,'IS',NULL,NULL,NULL,NULL,'reported',1,0.8);
INSERT INTO "events" VALUES(3,'e3','a',2,'capture','sy-raqqa',35.95,39.01,'SDF','IS','2014-06-10','2017-10-20',1,'2014-06','reported',2,0.8);
INSERT INTO "events" VALUES(4,'b1','b',0,'air_strike','~45-km-se-sy-mayadin',34.7,40.8,'SDF','IS','2017-09-28','2017-10-02',0,'2017-09','reported',1,0.8);
CREATE TABLE evidence (
	event VARCHAR NOT NULL, 
	folded TEXT NOT NULL, 
	rest TEXT NOT NULL, 
	PRIMARY KEY (event), 
	FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "evidence" VALUES('e1','دخلت القوات مدينه الرقه امس.
دخلت القوات مدينه الرقه امس.
الرقه تسقط','{"basis": "explicit", "detained": null, "fatalities": 3, "marks": [["place", 18, 23]], "place_name": null, "quote": "دخلت القوات مدينة الرقة أمس.", "reasons": ["دخلت: capture"], "spans": [[0, 28]], "uncertainty_km": 6.0, "why": ["told"]}');
INSERT INTO "evidence" VALUES('e2','دخلت القوات مدينه الرقه امس.
دخلت القوات مدينه الرقه امس.
الرقه تسقط','{"basis": null, "detained": null, "fatalities": null, "marks": [["place", 18, 23]], "place_name": "هناك", "quote": "دخلت القوات مدينة الرقة أمس.", "reasons": ["دخلت: capture"], "spans": [[0, 28]], "uncertainty_km": 6.0, "why": []}');
INSERT INTO "evidence" VALUES('e3','دخلت القوات مدينه الرقه امس.
دخلت القوات مدينه الرقه امس.
الرقه تسقط','{"basis": "explicit", "detained": null, "fatalities": null, "marks": [["place", 18, 23]], "place_name": null, "quote": "دخلت القوات مدينة الرقة أمس.", "reasons": ["دخلت: capture"], "spans": [[0, 28]], "uncertainty_km": 6.0, "why": ["told"]}');
INSERT INTO "evidence" VALUES('b1','دخلت القوات مدينه الرقه امس.
دخلت القوات مدينه الرقه امس.
غارات علي الميادين','{"basis": "explicit", "detained": null, "fatalities": null, "marks": [["place", 18, 23]], "place_name": null, "quote": "دخلت القوات مدينة الرقة أمس.", "reasons": ["دخلت: capture"], "spans": [[0, 28]], "uncertainty_km": 6.0, "why": ["told"]}');
CREATE TABLE origins (
	event VARCHAR NOT NULL, 
	ordinal INTEGER NOT NULL, 
	place VARCHAR NOT NULL, 
	PRIMARY KEY (event, ordinal), 
	FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE, 
	FOREIGN KEY(place) REFERENCES places (id)
);
INSERT INTO "origins" VALUES('e1',0,'iq-mosul');
CREATE TABLE places (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_en VARCHAR NOT NULL, 
	lat FLOAT NOT NULL, 
	lon FLOAT NOT NULL, 
	radius_km FLOAT NOT NULL, 
	whole TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "places" VALUES('sy-mayadin','city','الميادين','Mayadin',35.02,40.45,6.0,'{"former": [], "id": "sy-mayadin", "kind": "city", "kurdish": [], "lat": 35.02, "latin": [], "lon": 40.45, "name": "الميادين", "name_en": "Mayadin", "population": null, "radius_km": 6.0, "retired_to": null, "sense": null, "source": "", "spellings": ["الرقه"], "weak": [], "within": "sy-deir-ez-zor-governorate"}');
INSERT INTO "places" VALUES('iq-mosul','city','الموصل','Mosul',36.34,43.13,6.0,'{"former": [], "id": "iq-mosul", "kind": "city", "kurdish": [], "lat": 36.34, "latin": [], "lon": 43.13, "name": "الموصل", "name_en": "Mosul", "population": null, "radius_km": 6.0, "retired_to": null, "sense": null, "source": "", "spellings": ["الرقه"], "weak": [], "within": "iq-nineveh"}');
INSERT INTO "places" VALUES('sy-raqqa','city','الرقة','Raqqa',35.95,39.01,6.0,'{"former": [], "id": "sy-raqqa", "kind": "city", "kurdish": [], "lat": 35.95, "latin": [], "lon": 39.01, "name": "الرقة", "name_en": "Raqqa", "population": null, "radius_km": 6.0, "retired_to": null, "sense": null, "source": "", "spellings": ["الرقه"], "weak": [], "within": "sy-raqqa-governorate"}');
INSERT INTO "places" VALUES('~45-km-se-sy-mayadin','site','45 كم','45 km',34.7,40.8,15.0,'{"former": [], "id": "~45-km-se-sy-mayadin", "kind": "site", "kurdish": [], "lat": 34.7, "latin": [], "lon": 40.8, "name": "45 كم", "name_en": "45 km", "population": null, "radius_km": 15.0, "retired_to": null, "sense": null, "source": "", "spellings": ["الرقه"], "weak": [], "within": "sy-mayadin"}');
CREATE INDEX ix_articles_source ON articles (source);
CREATE INDEX ix_articles_month ON articles (month);
CREATE INDEX ix_ancestors_place ON ancestors (place);
CREATE INDEX events_by_day ON events (wide, first_day, last_day, type, place, geo_precision, month, article);
CREATE INDEX events_by_place ON events (place, type, geo_precision);
CREATE INDEX ix_events_article ON events (article);
CREATE INDEX events_by_month ON events (month, type);
CREATE INDEX events_by_type ON events (type, first_day);
COMMIT;
