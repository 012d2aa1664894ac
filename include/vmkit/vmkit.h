/* vmkit.h -- the whole interface */
#ifndef VMKIT_H
#define VMKIT_H

#include <vmkit/vmk_base.h>
#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_guard.h>
#include <vmkit/vmk_heap.h>
#include <vmkit/vmk_ir.h>
#include <vmkit/vmk_kind.h>
#include <vmkit/vmk_monitor.h>
#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_option.h>
#include <vmkit/vmk_ref.h>
#include <vmkit/vmk_thread.h>
#include <vmkit/vmk_types.h>
#include <vmkit/vmk_version.h>

#endif
