/*-------------------------------------------------------------------------
 *
 * module.h
 *	  Settings of the module.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_MODULE_H
#define CE_MODULE_H

/* ce_hours.class_minutes: minutes of a class hour, where a source gives time */
extern int	ce_class_minutes;

#endif							/* CE_MODULE_H */
