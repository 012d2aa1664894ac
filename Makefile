# The front door. The build itself is meson's (meson.build); this file only names what people do.
BUILD  ?= build
NINJA  ?= ninja
CC_VMK ?= clang-19
DIRS   := build build-asan build-tsan

.PHONY: all setup demo test check-asan check-tsan bench bench-setup fmt docs clean

# Products: bin/vir, bin/j3, lib/libvmkit.so, lib/j3/libjvm.so, copied from the same places of build/.
all: $(BUILD)/build.ninja
	@$(NINJA) -C $(BUILD)
	@for f in $(BUILD)/bin/* $(BUILD)/lib/*.so $(BUILD)/lib/j3/*.so; do \
	  if [ -f "$$f" ]; then install -C -m 755 "$$f" "$${f#$(BUILD)/}"; fi; done

build/build.ninja:
	CC=$(CC_VMK) meson setup build

build-asan/build.ninja:
	CC=$(CC_VMK) meson setup build-asan -Dsanitize=address -Ddebug_checks=true -Db_lundef=false

build-tsan/build.ninja:
	CC=$(CC_VMK) meson setup build-tsan -Dsanitize=thread -Ddebug_checks=true -Db_lundef=false

# Debian packages that the build and the tests need.
setup:
	tools/setup

demo:
	@tools/setup
	@$(MAKE) --no-print-directory all
	tools/demo

test:
	@tools/setup
	@$(MAKE) --no-print-directory all
	tools/run-tests

# The tests once more under ASan and UBSan, or TSan, in a build folder of its own.
check-asan: build-asan/build.ninja
	@$(NINJA) -C build-asan
	tools/run-tests --build build-asan unit ir
	tools/run-tests --build build-asan java --mode default

check-tsan: build-tsan/build.ninja
	@$(NINJA) -C build-tsan
	tools/run-tests --build build-tsan unit ir java --mode default

# j3 beside HotSpot: tables, CSV files and a page of plots in build/bench/results.
bench: all
	bench/run

# Debian packages and inputs of the applications in bench/workloads.
bench-setup:
	bench/setup

fmt:
	tools/check_format.py --fix

# Pages that are printed from tables.
docs:
	tools/check_ops.py --fix

clean:
	rm -rf $(DIRS)
	find bin lib -type f ! -name meson.build -delete
